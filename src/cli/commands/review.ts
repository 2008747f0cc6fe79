import { findSinglePoints } from '../../../gates/provider-dependency/single-points.ts';
import type { ArchitectureView, ViewSinglePoint } from '../../contract/architecture-view.ts';
import { canonicalJson } from '../../contract/json.ts';
import type { Plan } from '../../contract/plan.ts';
import { providerOfModule } from '../../inspect/scan/known-packages.ts';
import { scanCode } from '../../inspect/scan/scan-code.ts';
import { matchingFiles } from '../../manifest/matching-files.ts';
import { type ProviderInCode, viewArchitecture } from '../../plan/view-architecture.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { type LoadedPlan, loadPlan, type PlanRequest } from '../load-plan.ts';
import { makeReportFolders, type ReportSpec, writeReport } from '../report-files.ts';
import { screenFor } from '../screen-for.ts';

export const REVIEW_FORMATS = ['terminal', 'markdown', 'html', 'json'] as const;
type ReviewFormat = (typeof REVIEW_FORMATS)[number];

export interface ReviewOptions extends Pick<PlanRequest, 'target' | 'policy'> {
  readonly formats: readonly ReportSpec<ReviewFormat>[];
  readonly color: boolean | undefined;
}

/** Shows the architecture as declared and what is left open; judges and runs nothing. */
export async function review(io: Io, { target, policy, formats, color }: ReviewOptions): Promise<ExitCode> {
  await makeReportFolders(io, formats);
  const { cwd, version, home } = io;
  const request = {
    cwd,
    version,
    home,
    target,
    policy,
    stage: 'release',
    evaluatedAt: io.now(),
    baseline: undefined,
  } as const;
  const loaded = await loadPlan(request);
  const view = viewArchitecture({
    plan: loaded.plan,
    manifest: loaded.manifestFile.path,
    singlePoints: singlePoints(loaded.plan),
    providersInCode: await providersInCode(loaded),
  });
  for (const spec of formats) await writeReport(io, spec, await render(view, spec, io, color));
  return EXIT.OK;
}

/** Nothing was seen answering, so what a fallback would cover stays open. */
function singlePoints(plan: Plan): ViewSinglePoint[] {
  return findSinglePoints(plan, []).map(({ subject, reason, state, refs: [{ line }] }) => ({
    subject,
    reason,
    isCertain: state === 'certain',
    line,
  }));
}

async function providersInCode({ plan, root }: LoadedPlan): Promise<readonly ProviderInCode[] | undefined> {
  if (plan.code.length === 0) return undefined;
  const matches = await Promise.all(plan.code.map((pattern) => matchingFiles(root, pattern)));
  const { findings } = await scanCode({ root, paths: matches.flatMap(({ files }) => files) });
  return findings.flatMap(({ rule, found, path, line }) => {
    const provider = rule === 'provider-sdk' ? providerOfModule(found) : undefined;
    return provider === undefined ? [] : [{ provider, at: `${path}:${line}` }];
  });
}

async function render(
  view: ArchitectureView,
  { format, path }: ReportSpec<ReviewFormat>,
  io: Io,
  color: boolean | undefined,
): Promise<string> {
  switch (format) {
    case 'terminal': {
      const { renderReviewTerminal } = await import('../../report/architecture/terminal.ts');
      return renderReviewTerminal(view, screenFor(io, color, path));
    }
    case 'markdown':
      return (await import('../../report/architecture/markdown.ts')).renderReviewMarkdown(view);
    case 'html':
      return (await import('../../report/architecture/html.ts')).renderReviewHtml(view);
    case 'json':
      return `${canonicalJson(view)}\n`;
  }
}

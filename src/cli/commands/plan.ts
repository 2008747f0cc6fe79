import { listPrices } from '../../annotate/price-list.ts';
import { canonicalJson } from '../../contract/json.ts';
import { previewPlan } from '../../engine/preview-plan.ts';
import { createRunCounter } from '../../engine/run-counts.ts';
import { renderPreview } from '../../report/preview/render-preview.ts';
import { CHECKS } from '../catalogue.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { createTally } from '../judge.ts';
import { loadPlan, type PlanRequest } from '../load-plan.ts';
import { readRuns } from '../observe-workload.ts';
import { screenFor } from '../screen-for.ts';

export interface PlanOptions extends Pick<PlanRequest, 'target' | 'policy' | 'stage' | 'baseline'> {
  readonly json: boolean;
  readonly color: boolean | undefined;
}

/** Says what `check` would judge and what the recordings can prove; judges and writes nothing. */
export async function plan(io: Io, options: PlanOptions): Promise<ExitCode> {
  const { cwd, version, home } = io;
  const loaded = await loadPlan({ ...options, cwd, version, home, evaluatedAt: io.now() });
  const prices = await listPrices(loaded.plan.evaluatedAt);
  const [counter, tally] = [createRunCounter(), createTally({ ...loaded.plan, checks: [] })];
  // Nothing that was recorded is shown, so nothing has to be redacted.
  const tools = { priceOf: prices.lookup, redact: (text: string) => text, signal: io.signal };
  const sources = await readRuns(loaded, tools, (run) => {
    counter.add(run);
    tally.add(run);
  });
  const preview = previewPlan({
    plan: loaded.plan,
    catalogue: CHECKS,
    population: tally.population(sources),
    counts: counter.counts(),
  });
  const text = options.json ? `${canonicalJson(preview)}\n` : renderPreview(preview, screenFor(io, options.color));
  io.stdout.write(text);
  return EXIT.OK;
}

import type { Finding } from '../contract/finding.ts';
import { manifestRef, pointerOf } from '../contract/manifest-ref.ts';
import { quantity } from '../contract/quantity.ts';
import type { RunResult } from '../contract/result.ts';
import { decidingOrigin } from './finding-facts.ts';
import { groupByMissingInput, mustChange } from './finding-groups.ts';
import { clip, logText } from './outside-text.ts';
import { SIGNS, verdictLine } from './signs.ts';

/** GitHub shows at most ten annotations of a level per step and drops the rest silently. */
const MOST = 10;
const LONGEST = 1_000;

type Level = 'error' | 'warning' | 'notice';

/**
 * Workflow commands for GitHub Actions, at most ten: the verdict, an error for each failing blocker, a warning for each
 * missing input, placed on the line that decided. Each line is one command; outside text stands
 * only inside its escaped values.
 */
export function renderGithub(result: RunResult): string {
  const findings = [
    ...mustChange(result.findings).map((finding) => failure(finding, result)),
    ...groupByMissingInput(result.findings).map(({ input, findings: [first], remedies }) => {
      const place = first === undefined ? {} : placeOf(first, result);
      return command('warning', { ...place, title: `Not shown: ${input}` }, remedies.join(' '));
    }),
  ];
  const all = [verdict(result), ...findings];
  const shown = all.length <= MOST ? all : [...all.slice(0, MOST - 1), moreThan(all.length - MOST + 1)];
  return `${shown.join('\n')}\n`;
}

const LEVELS = { pass: 'notice', inconclusive: 'warning', fail: 'error' } as const;

function verdict(result: RunResult): string {
  const title = `AI Production Readiness: ${SIGNS[result.decision].word}${result.plan.workload.isDemo ? ' (DEMO)' : ''}`;
  return command(LEVELS[result.decision], { title }, `${verdictLine(result)}. ${result.card.decision}`);
}

function failure(finding: Finding, result: RunResult): string {
  const title = `${finding.checkId}: ${finding.title}`;
  return command('error', { ...placeOf(finding, result), title }, `${finding.message}. ${finding.remedy.join(' ')}`);
}

function moreThan(n: number): string {
  return command('warning', { title: 'aigate' }, `and ${quantity(n, 'more finding')}: see the job summary`);
}

interface Place {
  readonly file?: string;
  readonly line?: number;
}

/** Where the limit or the declaration stands that decided; for a default, where the manifest could set it. */
function placeOf(finding: Finding, result: RunResult): Place {
  const [, file, line] = /^(.*):(\d+)$/s.exec(decidingOrigin(finding, result)?.at ?? '') ?? [];
  if (file !== undefined) return { file, line: Number(line) };
  const manifest = result.artifacts.find(({ id }) => id === 'manifest')?.path;
  if (manifest === undefined) return {};
  return { file: manifest, line: manifestRef(result.plan, pointerOf('gates', ...finding.checkId.split('/'))).line };
}

function command(level: Level, properties: Place & { readonly title: string }, message: string): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${written.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return clip(logText(text), LONGEST).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

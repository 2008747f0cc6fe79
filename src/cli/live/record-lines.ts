import type { LivePlan } from '../../contract/live.ts';
import type { Plan } from '../../contract/plan.ts';

interface Recorded {
  readonly plan: Pick<Plan, 'live' | 'models'>;
  /** Whether answers of the fallback are on the cassette. */
  readonly withFallback: boolean;
  /** Every scenario has inputs, which live runs need. */
  readonly hasInputs: boolean;
  /** How it was recorded. */
  readonly live: LivePlan;
  /** Relative to the manifest. */
  readonly paths: { readonly cassette: string; readonly runs: string };
}

/** What a manifest says so that `check` reads the runs, and answers live runs from the cassette. */
export function manifestLines({ plan, live, paths, withFallback, hasInputs }: Recorded): string {
  const origin = live.upstream.type === 'simulated' ? 'synthetic' : 'test';
  const { target } = live;
  const command = plan.live === undefined && target.type === 'command' ? [`  command: ${flow(target.command)}`] : [];
  const section = [
    'live:',
    ...command,
    ...(withFallback || plan.models.fallback.length === 0 ? [] : [NO_FALLBACK]),
    `  upstream: { replay: ${flow(paths.cassette)} }`,
  ];
  return [
    'sources:',
    `  - { recording: ${flow(paths.runs)}, origin: ${origin}, sampling: none }`,
    ...(!hasInputs ? [NEEDS_INPUTS, ...section.map((line) => `# ${line}`)] : section),
    '',
  ].join('\n');
}

const NEEDS_INPUTS = '# To run it from the cassette too, give each scenario inputs: [...], and remove the # below.';
const NO_FALLBACK = '  # Drills also ask the fallback, which this cassette does not hold: record with --fallback.';

/** JSON is YAML, too. */
function flow(value: string | readonly string[]): string {
  return typeof value === 'string' && /^[\w./-]+$/.test(value) ? value : JSON.stringify(value);
}

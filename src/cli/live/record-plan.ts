import { AigateError } from '../../contract/errors.ts';
import type { LivePlan, LiveTarget, LiveUpstream } from '../../contract/live.ts';
import type { Plan } from '../../contract/plan.ts';
import { passedTo } from './secrets-passed.ts';

/** Whom to record. `declared`: as the manifest says; `providers`: the real ones; else a script of answers. */
export type RecordedUpstream = 'declared' | 'providers' | { readonly script: string };

const [CONCURRENCY, TIMEOUT_MS] = [4, 60_000];

/**
 * How a recording is made: as the manifest declares live runs, with another command or upstream where they are given. A
 * cassette cannot be recorded from a cassette: the providers themselves are asked then.
 * @throws AigateError USAGE when nobody says what to run
 */
export function recordPlan(
  { live, models, timeouts }: Pick<Plan, 'live' | 'models' | 'timeouts'>,
  { command, upstream }: { readonly command: readonly string[]; readonly upstream: RecordedUpstream },
): LivePlan {
  const target = command.length > 0 ? commandTarget(live, command) : live?.target;
  if (target === undefined) {
    throw new AigateError('USAGE', 'no command is given, and the manifest declares none under live', {
      hint: 'Say what to run: aigate record -- node src/assistant.mjs',
    });
  }
  return {
    env: {},
    concurrency: CONCURRENCY,
    timeoutMs: timeouts.runMs ?? TIMEOUT_MS,
    budget: undefined,
    load: undefined,
    judge: undefined,
    ...live,
    probes: undefined,
    target,
    runs: 1,
    upstream: upstreamOf({ live, models }, upstream),
  };
}

function commandTarget(live: LivePlan | undefined, command: readonly string[]): LiveTarget {
  const { target } = live ?? {};
  const input = target?.type === 'command' ? target.input : 'stdin';
  return { type: 'command', command, input, passEnv: passedTo(target) };
}

function upstreamOf({ live, models }: Pick<Plan, 'live' | 'models'>, upstream: RecordedUpstream): LiveUpstream {
  if (typeof upstream === 'object') return { type: 'simulated', script: upstream.script };
  const declared = live?.upstream;
  if (declared?.type === 'live') return declared;
  if (declared?.type === 'simulated' && upstream === 'declared') return declared;
  const names = [models.primary, ...models.fallback].map(({ provider }) => provider);
  const providers = Object.fromEntries(names.map((name) => [name, { url: undefined, key: undefined }]));
  return { type: 'live', providers };
}

import { AigateError } from '../../contract/errors.ts';
import type { LiveProviderPlan, LiveUpstream } from '../../contract/live.ts';
import type { LiveTraffic } from '../../contract/live-traffic.ts';
import { type Cassette, parseCassette } from '../../observe/proxy/cassette.ts';
import { redactForCassette } from '../../observe/proxy/cassette-redaction.ts';
import { keysOf } from '../../observe/proxy/key-mask.ts';
import { type FoundProvider, type LiveProvider, liveProvider } from '../../observe/proxy/live-provider.ts';
import { liveUpstream } from '../../observe/proxy/live-upstream.ts';
import { replayUpstream } from '../../observe/proxy/replay-upstream.ts';
import { simulatedUpstream } from '../../observe/proxy/simulated-upstream.ts';
import type { Upstream } from '../../observe/proxy/upstream.ts';
import { parseScript } from '../../observe/simulate/parse-script.ts';
import { createSimulatedProvider } from '../../observe/simulate/simulated-provider.ts';
import { readText } from '../read-text.ts';

/** An upstream that is ready. Whoever gets one closes it, or gives it to a proxy, which does. */
export interface OpenUpstream {
  readonly upstream: Upstream;
  /** The script or cassette that it answers from; undefined = it asks providers. */
  readonly file: LiveTraffic['answeredFrom'];
  /** What it answers was written in a script, now or when its cassette was recorded. */
  readonly isSimulated: boolean;
  /** Keys of providers that it shows them; nothing that is written may hold one. */
  readonly keys: readonly string[];
}

/** Fixed, so that the same release is simulated alike every time. */
const SEED = 1;

/**
 * Makes ready what answers the model calls.
 * @throws AigateError FILE_UNREADABLE; CONFIG_INVALID with everything that is wrong with script, cassette or addresses;
 * PROVIDER_KEY_MISSING
 */
export async function openUpstream(root: string, upstream: LiveUpstream, env: Variables): Promise<OpenUpstream> {
  switch (upstream.type) {
    case 'simulated':
      return { ...(await openSimulated(root, upstream.script)), keys: [] };
    case 'replay':
      return { ...(await openReplay(root, upstream.cassette)), keys: [] };
    case 'live': {
      const providers = openProviders(upstream.providers, env);
      return { upstream: liveUpstream(providers), file: undefined, isSimulated: false, keys: keysOf(providers) };
    }
  }
}

type FromFile = Omit<OpenUpstream, 'keys'>;

async function openSimulated(root: string, path: string): Promise<FromFile> {
  const { text, sha256 } = await readText(root, path);
  const parsed = parseScript(text, path);
  if (parsed.script === undefined) {
    throw new AigateError('CONFIG_INVALID', `${path}: the script of the simulated provider is invalid`, {
      hint: parsed.issues
        .map(({ path: at, message }) => `${at.map(String).join('.') || 'the file'}: ${message}`)
        .join('; '),
    });
  }
  return {
    upstream: simulatedUpstream(createSimulatedProvider(parsed.script, { seed: SEED })),
    file: { path, sha256 },
    isSimulated: true,
  };
}

const RECORD_AGAIN = 'Record it again with aigate record.';
const MOST_NAMED_LINES = 5;

async function openReplay(root: string, path: string): Promise<FromFile> {
  const { text, sha256 } = await readText(root, path);
  const { entries, problems }: Cassette = parseCassette(text);
  if (problems.length > 0) {
    const named = problems.slice(0, MOST_NAMED_LINES).map(({ line, message }) => `line ${line}: ${message}`);
    const message = `${path}: ${problems.length} of its lines are no recordings (${named.join('; ')})`;
    throw new AigateError('CONFIG_INVALID', message, { hint: RECORD_AGAIN });
  }
  if (entries.length === 0) {
    throw new AigateError('CONFIG_INVALID', `${path}: the cassette holds no recording`, { hint: RECORD_AGAIN });
  }
  const isSimulated = entries.some(({ simulated }) => simulated === true);
  return { upstream: replayUpstream(entries, redactForCassette), file: { path, sha256 }, isSimulated };
}

type Variables = Readonly<Record<string, string | undefined>>;

function openProviders(
  planned: Readonly<Record<string, LiveProviderPlan>>,
  env: Variables,
): Readonly<Record<string, LiveProvider>> {
  return Object.fromEntries(
    Object.entries(planned).map(([name, plan]) => [name, openProvider(name, liveProvider(name, plan, env))]),
  );
}

function openProvider(name: string, provider: FoundProvider): LiveProvider {
  switch (provider.status) {
    case 'no-address':
      throw new AigateError('CONFIG_INVALID', `live.upstream.live.${name}: no address of this provider is known`, {
        hint: `Give it one: ${name}: { url: https://… }`,
      });
    case 'no-key':
      throw new AigateError('PROVIDER_KEY_MISSING', `the key of ${name} is not set: ${provider.variable} holds none`, {
        hint: `Set ${provider.variable} for aigate itself, not for the workload. For a provider without keys declare key: none.`,
      });
    case 'known':
      return provider;
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { FAULTS } from '../../observe/inject/catalogue.ts';
import { TOOL_FAULTS } from '../../observe/inject/tools.ts';
import type { InjectedFault } from '../../observe/proxy/injected-fault.ts';
import { simulatedUpstream } from '../../observe/proxy/simulated-upstream.ts';
import { proxyOf } from '../../observe/proxy/testing/proxy-of.ts';
import { parseScript } from '../../observe/simulate/parse-script.ts';
import { createSimulatedProvider } from '../../observe/simulate/simulated-provider.ts';
import type { Delivery } from '../../observe/wire/delivery.ts';
import { CALL_STYLES, type CallStyle, type Read } from './call-styles.ts';
import type { ClientBehaviour } from './client-behaviour.ts';

const STORY = 'One two three four five six seven eight nine ten eleven twelve.';
/** Everything takes a tenth of the time, so that a slow answer is later than the timeout and sooner than the watchdog. */
const HASTE = 10;
const TIMEOUT_MS = 600;
const WATCHDOG_MS = 4_000;
/** For faults without any wait: only a machine that stands still is slower. */
const PATIENCE_MS = 60_000;
/** Faults that a timeout is for; with all others the clients keep their own, so that a busy machine changes nothing. */
const SLOW = ['header-stall', 'slow-ttfb', 'stream-stall', 'stream-stall-keepalive', 'slow-drip'];

interface WatchedFault extends InjectedFault {
  /** With the name of its form where the fault has several. */
  readonly id: string;
}

/**
 * Faults of one answer in prose, in each form. What becomes of tool calls, and of JSON within the text, is for the code
 * behind the library to decide.
 */
export const WATCHED_FAULTS: readonly WatchedFault[] = FAULTS.filter(
  (fault) => !TOOL_FAULTS.includes(fault) && fault.id !== 'structured-output-invalid',
).flatMap(({ id, forms }) => forms.map((form) => ({ ...form, id: forms.length > 1 ? `${id}: ${form.name}` : id })));

/** Calls a simulated provider in every style under every fault. Nothing that it started is left when it returns. */
export async function observeClients(): Promise<ClientBehaviour> {
  const met = new Map<string, WatchedFault>();
  const { script } = parseScript(`rules: [{ when: {}, answer: { text: '${STORY}' } }]`, 'script');
  if (script === undefined) throw new Error('the script is none');
  const { proxy } = await proxyOf({
    upstream: simulatedUpstream(createSimulatedProvider(script, { seed: 1, latencyScale: 0 })),
    faultFor: (runId) => hastened(met.get(runId)),
  });
  const cells = new Map<string, string>();
  const watch = async (fault: WatchedFault) => {
    const calls = CALL_STYLES.map(async (style, i) => {
      const runId = `${fault.id.replace(': ', '-')}-${i}`;
      met.set(runId, fault);
      proxy.openRun(runId);
      cells.set(`${fault.id} ${style.id}`, await seen(style, `${proxy.url}/r/${runId}`, SLOW.includes(fault.id)));
    });
    await Promise.all(calls);
  };
  const isSlow = ({ id }: WatchedFault) => SLOW.includes(id);
  for (const fault of WATCHED_FAULTS.filter((one) => !isSlow(one))) await watch(fault);
  await Promise.all(WATCHED_FAULTS.filter(isSlow).map(watch));
  await proxy.close();
  return byLibrary((fault, style) => cells.get(`${fault} ${style}`) ?? 'not seen');
}

function byLibrary(cellOf: (fault: string, style: string) => string): ClientBehaviour {
  const libraries = [...new Set(CALL_STYLES.map(({ library }) => library))];
  return entriesOf(libraries, (library) => {
    const styles = CALL_STYLES.filter((style) => style.library === library).map(({ id }) => id);
    return entriesOf(
      WATCHED_FAULTS.map(({ id }) => id),
      (fault) => entriesOf(styles, (style) => cellOf(fault, style)),
    );
  });
}

function entriesOf<T>(names: readonly string[], of: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

async function seen(style: CallStyle, baseUrl: string, isSlow: boolean): Promise<string> {
  const controller = new AbortController();
  const { signal } = controller;
  const watchdog = wait(isSlow ? WATCHDOG_MS : PATIENCE_MS, 'hangs', { signal }).catch(() => 'over');
  const call = style
    .read({ baseUrl, timeoutMs: isSlow ? TIMEOUT_MS : undefined, signal })
    .then(describe, describeError);
  const first = await Promise.race([call, watchdog]);
  controller.abort();
  await call;
  return first;
}

function describe({ text, finish }: Read): string {
  return `${describeText(text)}, ${finish ?? 'no finish reason'}`;
}

function describeText(text: Read['text']): string {
  if (text === undefined || text === null || text === '') return 'nothing';
  if (text === STORY) return 'whole';
  return STORY.startsWith(text) ? 'part' : 'other text';
}

function describeError(error: unknown): string {
  return `throws ${error instanceof Error ? error.constructor.name : typeof error}`;
}

function hastened(fault: WatchedFault | undefined): InjectedFault | undefined {
  if (fault === undefined) return undefined;
  const apply: InjectedFault['apply'] = (healthy, context) => {
    const broken = fault.apply(healthy, context);
    return broken === undefined ? undefined : faster(broken);
  };
  return { ...fault, apply };
}

function faster(delivery: Delivery): Delivery {
  return {
    ...delivery,
    headersAfterMs: delivery.headersAfterMs / HASTE,
    frames: delivery.frames.map((frame) => ({ ...frame, afterMs: frame.afterMs / HASTE })),
  };
}

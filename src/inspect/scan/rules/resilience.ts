import { shown } from '../found-text.ts';
import { type Entry, isWithin } from '../module-facts.ts';
import type { ClientCall, ModelCall, ModuleView } from '../module-view.ts';
import { isRetryLibrary } from '../retry-libraries.ts';
import type { Sighting } from '../rules.ts';
import { spanSet } from '../span-set.ts';

/** What is wrong with retries, and what tells other modules that it is not. */
export interface RetrySightings {
  readonly certain: readonly Sighting[];
  /** Stand unless some module repeats failed work. */
  readonly unlessRepeated: readonly Sighting[];
  /** Whether this one does: with a library for it, or by hand. */
  readonly repeats: boolean;
  /** Stand unless some module makes a client that does not repeat. */
  readonly unlessQuietClient: readonly Sighting[];
  /** Whether this one does, or may. */
  readonly hasQuietClient: boolean;
}

const TIMEOUT = /timeout|abort|deadline|^signal$/i;
/** These limit nothing: timers for other purposes, and names of errors. */
const NO_TIMEOUT = /^(?:set|clear)Timeout$|Timeout(?:Error|Exception)s?$|Abort(?:ed)?Error$|AbortedError$/;
/** Options through which a limit may come that is set elsewhere. */
const CARRIER =
  /^(?:fetch|http_?[cC]lient|http_?[oO]ptions|http_?[aA]gent|request_?[hH]andler|fetch_?[oO]ptions|config|client|async_client|default_?[oO]ptions)$/;
/** APIs whose limit is an argument of each call: their clients take none. */
const PER_CALL = new Set(['ai-sdk', 'litellm']);

export function timeoutSightings({ facts, clients, modelCalls }: ModuleView): Sighting[] {
  if ([...facts.words].some((word) => TIMEOUT.test(word) && !NO_TIMEOUT.test(word))) return [];
  const isBare = ({ call }: ClientCall | ModelCall) => !call.isOpen && !call.named.some(({ key }) => CARRIER.test(key));
  return [
    ...clients.filter(({ known }) => !PER_CALL.has(known.api)).filter(isBare),
    ...modelCalls.filter(({ api, origin }) => origin.known !== undefined && PER_CALL.has(api)).filter(isBare),
  ].map(({ call }) => ({ rule: 'missing-timeout', at: call.from, found: shown(call.path) }));
}

const RETRY_KEY = /^(?:max_?[rR]etries|num_?[rR]etries)$/;
const ATTEMPTS_KEY = /^max_?[aA]ttempts$/;
const MANY = 5;
const BY_HAND = /retr(?:y|ies)|attempt|backoff/i;

export function retrySightings(view: ModuleView): RetrySightings {
  const { facts, requests, clients } = view;
  const settings = facts.entries.filter((entry) => isRetryCount(entry) && requests.encloses(entry));
  const off = settings.filter(isOff);
  const wrapped = wrappedCalls(view).filter(({ call }) => !off.some((entry) => isWithin(entry, call)));
  const made = wrapped.map((call) => ({ call, client: clientOf(view, call) }));
  const isByHand = (word: string) => BY_HAND.test(word) && !RETRY_KEY.test(word) && !ATTEMPTS_KEY.test(word);
  return {
    certain: [
      ...settings.filter(isMany).map(retryCount),
      ...made.filter(({ client }) => repeats(client, off)).map(({ call }) => layered(call)),
    ],
    unlessRepeated: off.map(retryCount),
    repeats: facts.imports.some(({ module }) => isRetryLibrary(module)) || [...facts.words].some(isByHand),
    unlessQuietClient: made
      .filter(({ call, client }) => client === undefined && call.origin.known?.retries !== false)
      .map(({ call }) => layered(call)),
    hasQuietClient: clients.some((client) => !repeats(client, off)),
  };
}

function isRetryCount({ key, value }: Entry): boolean {
  return value.kind === 'number' && (RETRY_KEY.test(key) || ATTEMPTS_KEY.test(key));
}

/** One attempt is no retry. */
function isOff({ key, value }: Entry): boolean {
  return Number(value.text) <= (ATTEMPTS_KEY.test(key) ? 1 : 0);
}

function isMany({ key, value }: Entry): boolean {
  return Number(value.text) >= (ATTEMPTS_KEY.test(key) ? MANY + 1 : MANY);
}

function retryCount({ from, key, value }: Entry): Sighting {
  return { rule: 'retries-off-or-many', at: from, found: `${key}: ${value.text}` };
}

function layered({ call }: ModelCall): Sighting {
  return { rule: 'layered-retries', at: call.from, found: shown(call.path) };
}

/** Model calls inside what runs again when it fails. */
function wrappedCalls({ facts, calls, modelCalls, names }: ModuleView): ModelCall[] {
  const again = spanSet([
    ...calls.filter(({ origin }) => isRetryLibrary(origin.module ?? '')).map(({ call }) => call),
    ...facts.wrappers.filter(({ path, from }) => isRetryLibrary(names.resolve(path, from).module ?? '')),
    ...facts.loops.filter(({ subject, from }) => isRetryLibrary(names.resolve(subject, from).module ?? '')),
  ]);
  return modelCalls.filter(({ call }) => again.encloses(call));
}

/** The construction of the client that a call is made with, when it stands in the same module. */
function clientOf({ clients }: ModuleView, { origin }: ModelCall): ClientCall | undefined {
  if (origin.known === undefined) return undefined;
  return clients.find(({ known, origin: { path } }) => known === origin.known && origin.path.startsWith(`${path}()`));
}

function repeats(client: ClientCall | undefined, off: readonly Entry[]): boolean {
  if (client === undefined) return false;
  const { call, known } = client;
  return known.retries && !call.isOpen && !off.some((entry) => isWithin(entry, call));
}

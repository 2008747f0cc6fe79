import type { LiveProviderPlan } from '../../contract/live.ts';
import { keyVariable, variablePart } from './proxy-environment.ts';

/** Where a provider is, and what it is shown. */
export interface LiveProvider {
  /** With the version where the provider has one, such as `https://api.openai.com/v1`; http or https. */
  readonly baseUrl: string;
  /** Lower-case names; they go into the outgoing request and nowhere else. Empty: it asks for none. */
  readonly keyHeaders: Readonly<Record<string, string>>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Addresses as the providers' own SDKs have them; read 2026-11-25. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['openai', 'https://api.openai.com/v1'],
  ['anthropic', 'https://api.anthropic.com/v1'],
]);

/** `no-key`: the variable that should hold its key is empty or not set. */
export type FoundProvider =
  | (LiveProvider & { readonly status: 'known' })
  | { readonly status: 'no-address' }
  | { readonly status: 'no-key'; readonly variable: string };

/**
 * Where a provider is and with which key it is asked: as declared, else by `AIGATE_UPSTREAM_<PROVIDER>`, for Azure by
 * `AZURE_OPENAI_ENDPOINT`, else where it is known to be; the key lies in `<PROVIDER>_API_KEY`. Pure.
 */
export function liveProvider(name: string, plan: LiveProviderPlan, env: Variables): FoundProvider {
  const isAzure = /azure/i.test(name);
  const endpoint = isAzure ? env['AZURE_OPENAI_ENDPOINT'] : ADDRESSES.get(name.toLowerCase());
  const baseUrl = plan.url ?? env[`AIGATE_UPSTREAM_${variablePart(name)}`] ?? endpoint;
  if (baseUrl === undefined || !/^https?:/i.test(baseUrl) || !URL.canParse(baseUrl)) return { status: 'no-address' };
  if (plan.key === 'none') return { status: 'known', baseUrl, keyHeaders: {} };
  const variable = plan.key?.env ?? keyVariable(name);
  const key = env[variable] ?? '';
  // What no header can carry is no key, and its refusal would quote it.
  if (!/^[\x21-\x7e]+$/.test(key)) return { status: 'no-key', variable };
  return { status: 'known', baseUrl, keyHeaders: keyHeader(name, key) };
}

function keyHeader(name: string, key: string): Readonly<Record<string, string>> {
  if (/azure/i.test(name)) return { 'api-key': key };
  return /anthropic/i.test(name) ? { 'x-api-key': key } : { authorization: `Bearer ${key}` };
}

/**
 * The address of a request. Clients disagree on whether the version belongs to the base URL: where ours has one, theirs
 * is dropped, however often they say it.
 */
export function liveUrl({ baseUrl }: LiveProvider, path: string): URL {
  const base = baseUrl.replace(/\/+$/, '');
  const hasVersion = /\/v\d+$/.test(base);
  const rest = hasVersion ? path.replace(/^(?:\/+v\d+)+(?=\/)/, '') : path;
  return new URL(`${base}/${rest.replace(/^\/+/, '')}`);
}

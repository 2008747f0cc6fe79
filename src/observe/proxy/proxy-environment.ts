import { SPANS_PROVIDER } from './received-spans.ts';
import { TOOLS_PROVIDER } from './tool-server.ts';

/** What a program of one run has to know. */
export interface EnvironmentSpec {
  /** Of the proxy, without a slash at the end. */
  readonly url: string;
  readonly runId: string;
  /** Provider names of the manifest, the primary one first. */
  readonly providers: readonly string[];
  /** Whether requests to other hosts shall be led to the proxy, which refuses and counts them. */
  readonly hasTripwire: boolean;
  /** Whether the proxy plays tools. */
  readonly hasTools: boolean;
}

/** What clients get for a key: they do not start without one, and the proxy puts the true one in its place. */
export const DUMMY_KEY = 'aigate-no-key';

/**
 * Every variable that leads clients of model providers to the proxy. Clients that were not declared are led there too:
 * what they ask is then seen. Pure.
 */
export function proxyEnvironment(spec: EnvironmentSpec): Readonly<Record<string, string>> {
  const base = (provider: string) => `${spec.url}/r/${encodeURIComponent(spec.runId)}/${encodeURIComponent(provider)}`;
  const openAi = spec.providers.find((name) => familyOf(name) === 'openai') ?? 'openai';
  const anthropic = spec.providers.find((name) => familyOf(name) === 'anthropic') ?? 'anthropic';
  const azure = spec.providers.find((name) => familyOf(name) === 'azure') ?? 'azure-openai';
  return {
    OPENAI_BASE_URL: `${base(openAi)}/v1`,
    OPENAI_API_BASE: `${base(openAi)}/v1`,
    ANTHROPIC_BASE_URL: base(anthropic),
    AZURE_OPENAI_ENDPOINT: base(azure),
    ...Object.fromEntries(spec.providers.map((name) => [`AIGATE_BASE_URL_${variablePart(name)}`, base(name)])),
    AIGATE_RUN_ID: spec.runId,
    OTEL_EXPORTER_OTLP_ENDPOINT: base(SPANS_PROVIDER),
    // Every SDK has it; JSON only some.
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    ...(spec.hasTools && { AIGATE_TOOLS_URL: base(TOOLS_PROVIDER), AIGATE_MCP_URL: `${base(TOOLS_PROVIDER)}/mcp` }),
    ...standInKeys(spec.providers),
    ...(spec.hasTripwire ? tripwire(spec) : {}),
  };
}

/** Whose variables lead to a provider. Most providers beyond the three speak OpenAI's format. */
function familyOf(provider: string): 'openai' | 'anthropic' | 'azure' {
  if (/anthropic|claude/i.test(provider)) return 'anthropic';
  return /azure/i.test(provider) ? 'azure' : 'openai';
}

/** Keys that are worth nothing, for the providers that SDKs know and for these. */
export function standInKeys(providers: readonly string[]): Readonly<Record<string, string>> {
  const names = ['openai', 'anthropic', 'azure-openai', ...providers];
  return Object.fromEntries(names.map((name) => [keyVariable(name), DUMMY_KEY]));
}

/** Name of the variable that holds the key of a provider, as the SDKs have it. */
export function keyVariable(provider: string): string {
  return familyOf(provider) === 'azure' ? 'AZURE_OPENAI_API_KEY' : `${variablePart(provider)}_API_KEY`;
}

/** A provider's name as the part of the name of a variable. */
export function variablePart(provider: string): string {
  return provider.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/**
 * The run's id is the user name, so that what goes around the proxy has a run. Lower-case names win in curl and Python.
 * Node's fetch heeds them from 22.21 on, when told so; on Node 20 it does not.
 */
function tripwire({ url, runId }: EnvironmentSpec): Readonly<Record<string, string>> {
  const proxy = url.replace('://', `://${encodeURIComponent(runId)}:run@`);
  const none = '127.0.0.1,localhost,::1';
  return {
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    ALL_PROXY: proxy,
    all_proxy: proxy,
    NO_PROXY: none,
    no_proxy: none,
    NODE_USE_ENV_PROXY: '1',
  };
}

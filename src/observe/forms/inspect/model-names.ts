/** Where a model was asked, as Inspect names it: `provider/model`, with the service of another company in between. */
export interface ModelNames {
  readonly provider: string | undefined;
  readonly model: string | undefined;
}

/** `openai/azure/gpt-4o` is billed by Azure. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['azure', 'azure'],
  ['bedrock', 'aws.bedrock'],
  ['vertex', 'gcp.vertex_ai'],
]);
/** Prefixes that name an interface, and behind them who offers it. */
const INTERFACES: ReadonlySet<string> = new Set(['openai-api']);

/** Providers under names that nobody else gives them. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['azureai', 'azure_ai'],
  ['grok', 'x_ai'],
]);

/** Source: inspect.aisi.org.uk/providers.html, read 2026-11-25. */
export function modelNames(name: string | undefined): ModelNames {
  if (name === undefined) return { provider: undefined, model: undefined };
  const [first = '', second = '', ...rest] = name.split('/');
  if (second === '') return { provider: undefined, model: name };
  const service = rest.length === 0 ? undefined : INTERFACES.has(first) ? second : SERVICES.get(second);
  return service === undefined
    ? { provider: PROVIDERS.get(first) ?? first, model: [second, ...rest].join('/') }
    : { provider: service, model: rest.join('/') };
}

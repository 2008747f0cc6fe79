/** What a rule looks for. */
export interface Rule {
  /**
   * `inventory` says what is there and accuses nobody; `lock-in` makes it harder to leave a provider; `hygiene` makes a
   * failure of the provider worse than it must be.
   */
  readonly family: 'inventory' | 'lock-in' | 'hygiene';
  readonly languages: readonly ('javascript' | 'typescript' | 'python' | 'gateway-config')[];
  /** What the rule finds. */
  readonly finds: string;
  /** What follows from it. */
  readonly why: string;
}

const CODE = ['javascript', 'typescript', 'python'] as const;
const GATEWAY = ['gateway-config'] as const;
const ANYWHERE = [...CODE, ...GATEWAY] as const;

/** Every rule by its id. A place has at most one finding of a rule; ids are never reused. */
export const RULES = {
  'provider-sdk': rule('inventory', CODE, [
    'An import of a client library of a model provider, or of a framework that calls one',
    'It names the provider the code talks to; one adapter module that does so is good practice.',
  ]),
  'gateway-fallback': rule('inventory', ANYWHERE, [
    'A fallback that is configured in a gateway: LiteLLM, Portkey, OpenRouter or the Vercel AI gateway',
    'It is a claim that a drill can prove; configured is not tested.',
  ]),
  'default-model': rule('inventory', CODE, [
    'A model id that stands in for an absent setting',
    'It says which model answers unless somebody says otherwise, without a release.',
  ]),
  'offered-tool': rule('inventory', CODE, [
    'A tool that code offers to a model',
    'What a model may call can happen: every tool has to be declared, with its effect and who approves it.',
  ]),
  'scattered-sdk': rule('lock-in', CODE, [
    'A further module that calls a provider which another module calls already',
    'Without one adapter, a change of provider, timeout or retry policy is a change in many places.',
  ]),
  'provider-endpoint': rule('lock-in', CODE, [
    'The address of a provider written into the code',
    'Traffic cannot be sent to a gateway, another region, another provider or a drill without a release.',
  ]),
  'region-literal': rule('lock-in', CODE, [
    'A cloud region written into the construction of a model client',
    'When the region fails or its quota is spent, moving takes a release.',
  ]),
  'model-id': rule('lock-in', CODE, [
    'A model id of one fixed version written into the code',
    'The version is retired on a date the provider sets; switching or falling back takes a release.',
  ]),
  'floating-model-id': rule('lock-in', ANYWHERE, [
    'A model id without a version, in code or gateway settings',
    'The provider can point it at another model overnight, and what was tested is no longer what runs.',
  ]),
  'fine-tuned-model': rule('lock-in', CODE, [
    'The id of a fine-tuned or imported model written into the code',
    'Its weights live in one account of one provider; no other provider can stand in.',
  ]),
  'inference-profile': rule('lock-in', CODE, [
    'A Bedrock inference profile or provisioned model written into the code',
    'It exists in one cloud, often in one account and region.',
  ]),
  'azure-deployment': rule('lock-in', CODE, [
    'The name of an Azure OpenAI deployment written into the code',
    'The name means something in one Azure resource only, and hides which model answers.',
  ]),
  'hosted-state': rule('lock-in', CODE, [
    'State kept by the provider: earlier responses, conversations, vector stores, files, stored prompts',
    'The state does not move: a fallback provider has never heard of it.',
  ]),
  'retired-api': rule('lock-in', CODE, [
    'A call of the OpenAI Assistants API, shut down on 2026-08-26',
    'The calls fail.',
  ]),
  'hosted-tool': rule('lock-in', CODE, [
    'A tool that the provider runs: web search, file search, code interpreter, computer use',
    'Another provider has no such tool, or one that answers differently.',
  ]),
  'provider-feature': rule('lock-in', CODE, [
    'A request feature that few providers share: cache control, reasoning effort, batches, realtime, prefill and others',
    'The same request is refused, or silently means something else, at the fallback.',
  ]),
  'missing-timeout': rule('hygiene', CODE, [
    'A provider client or call in a file that sets no timeout and no abort signal',
    'Defaults are ten minutes or none, and are repeated by every retry.',
  ]),
  'retries-off-or-many': rule('hygiene', ANYWHERE, [
    'Retries switched off with no other retry in sight, or five and more of them',
    'None makes each hiccup a failure; many make each outage a storm and a bill.',
  ]),
  'layered-retries': rule('hygiene', CODE, [
    'A retry wrapper around calls of a client that retries by itself',
    'Attempts multiply: three times three requests, and three times the waiting.',
  ]),
  'swallowed-error': rule('hygiene', CODE, [
    'An empty handler around a model call',
    'The failure is seen by nobody, and no fallback can start.',
  ]),
  'unchecked-stream': rule('hygiene', CODE, [
    'A loop over a streamed answer in a file that never looks at the reason it ended',
    'Streams that are cut off end without an error: half an answer passes for a whole one.',
  ]),
  'unguarded-json-parse': rule('hygiene', CODE, [
    'JSON parsed out of an answer with neither error handling nor validation',
    'One refusal or cut-off answer throws far from the cause, or a wrong shape travels on.',
  ]),
  'gateway-no-fallback': rule('hygiene', GATEWAY, [
    'A model of a gateway with a single deployment and no fallback',
    'The gateway adds a hop that can fail and no alternative.',
  ]),
} as const;

export type RuleId = keyof typeof RULES;

/** A finding before its place is known in lines and columns. */
export interface Sighting {
  readonly rule: RuleId;
  /** Offset in the text, in UTF-16 units. */
  readonly at: number;
  readonly found: string;
}

function rule(family: Rule['family'], languages: Rule['languages'], [finds, why]: [string, string]): Rule {
  return { family, languages, finds, why };
}

import { shown } from '../found-text.ts';
import type { Entry, Value } from '../module-facts.ts';
import type { ModuleView } from '../module-view.ts';
import type { RuleId, Sighting } from '../rules.ts';
import { spanSet } from '../span-set.ts';

type FeatureRule = Extract<RuleId, 'hosted-state' | 'retired-api' | 'hosted-tool' | 'provider-feature'>;

/** Members of clients, as they stand in a chain of names. */
const MEMBERS: readonly (readonly [member: RegExp, rule: FeatureRule])[] = [
  [/(?:^|\.)beta\.(?:assistants|threads)\./, 'retired-api'],
  [/(?:^|\.)(?:beta\.)?(?:vector_?[sS]tores|conversations)\./, 'hosted-state'],
  [/(?:^|\.)(?:beta\.)?files\.(?:create|upload)$/, 'hosted-state'],
  [/(?:^|\.)(?:aio\.)?caches\.create$/, 'hosted-state'],
  [/(?:^|\.)(?:messages\.|beta\.messages\.)?batches\.create$/, 'provider-feature'],
  [/(?:^|\.)(?:beta\.)?realtime\.|(?:^|\.)(?:aio\.)?live\.connect$|^OpenAIRealtimeWebSocket$/, 'provider-feature'],
  [
    /(?:^|\.)tools\.(?:webSearch|webFetch|fileSearch|codeInterpreter|codeExecution|computer|googleSearch)\w*$/,
    'hosted-tool',
  ],
];

/** Ids of things that the provider keeps. */
const IDS: readonly (readonly [id: RegExp, rule: FeatureRule])[] = [
  [/^asst_(?=\D*\d)[A-Za-z0-9]{16,}$/, 'retired-api'],
  [/^(?:vs_|file-|pmpt_|conv_|resp_)(?=\D*\d)[A-Za-z0-9]{16,}$/, 'hosted-state'],
];

/** Keys that mean one thing wherever models are called. */
const KEYS: readonly (readonly [key: RegExp, rule: FeatureRule])[] = [
  [/^previous_?[rR]esponse_?[iI]d$/, 'hosted-state'],
  [/^vector_?[sS]tore_?[iI]ds?$/, 'hosted-state'],
  [/^(?:cached_?[cC]ontent)$/, 'hosted-state'],
  [/^prompt_?[cC]ache_?[kK]ey$/, 'provider-feature'],
  [/^reasoning_?[eE]ffort$/, 'provider-feature'],
  [/^(?:logit_?[bB]ias|(?:top_)?logprobs|topLogprobs|thinking_?[bB]udget)$/, 'provider-feature'],
  [/^(?:google_?[sS]earch|googleSearchRetrieval|code_?[eE]xecution|url_?[cC]ontext)$/, 'hosted-tool'],
];

/** Types of tools that run at the provider, with or without the date of their version. */
const TOOL_TYPE =
  /^(?:web_search|web_search_preview|web_fetch|file_search|code_interpreter|code_execution|computer|computer_use|computer_use_preview)(?:_20\d{6}|_20\d\d_\d\d_\d\d)?$/;

/** What another provider cannot take over: its state, its tools, its features. */
export function providerFeatureSightings(view: ModuleView): Sighting[] {
  const { facts, calls } = view;
  const members = calls.flatMap(({ call, origin: { known, path } }): Sighting[] => {
    const rule = MEMBERS.find(([member]) => member.test(path))?.[1];
    // Names such as `files.create` are common: the client must be one of a provider.
    const isOwn = known !== undefined || rule === 'retired-api';
    return rule === undefined || !isOwn ? [] : [{ rule, at: call.from, found: shown(call.path) }];
  });
  if (!view.isAi) return members;
  return [
    ...members,
    ...facts.texts.flatMap(({ text, from }): Sighting[] => {
      const rule = IDS.find(([id]) => id.test(text))?.[1];
      return rule === undefined ? [] : [{ rule, at: from, found: text }];
    }),
    ...entrySightings(view),
    ...prefillSightings(view),
  ];
}

function entrySightings({ facts, requests }: ModuleView): Sighting[] {
  const tools = spanSet(facts.entries.filter(({ key }) => key === 'tools').map(({ value }) => value));
  return facts.entries.flatMap((entry): Sighting[] => {
    if (!isPresent(entry.value)) return [];
    const rule = KEYS.find(([key]) => key.test(entry.key))?.[1];
    const isTool = requests.encloses(entry) || tools.encloses(entry);
    if (rule !== undefined)
      return rule === 'hosted-tool' && !isTool ? [] : [{ rule, at: entry.from, found: entry.key }];
    if (entry.key === 'type' && TOOL_TYPE.test(entry.value.text)) {
      const isMeant = tools.encloses(entry) || /_20\d/.test(entry.value.text);
      return isMeant ? [{ rule: 'hosted-tool', at: entry.from, found: entry.value.text }] : [];
    }
    const isRequested = isFeature(entry, requests.encloses(entry));
    return isRequested ? [{ rule: 'provider-feature', at: entry.from, found: entry.key }] : [];
  });
}

/** Keys that mean something else outside a request, unless their value says otherwise. */
function isFeature({ key, value }: Entry, isInRequest: boolean): boolean {
  if (value.kind !== 'object') return false;
  return /^cache_?[cC]ontrol$/.test(key) || (isInRequest && /^(?:thinking|reasoning|json_schema)$/.test(key));
}

/** Whether the value asks for something: `false`, `null`, 0 and '' switch a feature off. */
function isPresent({ kind, text }: Value): boolean {
  if (kind === 'text') return text !== '';
  return kind === 'number' ? Number(text) !== 0 : kind !== 'nothing' && kind !== 'false';
}

/** Anthropic continues an answer that the request begins; others refuse it or begin anew. */
function prefillSightings({ facts, modelCalls }: ModuleView): Sighting[] {
  const roles = facts.entries.filter(({ key, value }) => key === 'role' && value.text === 'assistant');
  return modelCalls.flatMap(({ call, api }): Sighting[] => {
    const last = call.named.find(({ key }) => key === 'messages')?.value.items.at(-1);
    if (api !== 'anthropic' || last === undefined) return [];
    const role = roles.find(({ from, to }) => from >= last.from && to <= last.to);
    return role === undefined ? [] : [{ rule: 'provider-feature', at: role.from, found: 'prefilled answer' }];
  });
}

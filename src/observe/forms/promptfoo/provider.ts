import { isKnownProvider } from '../../../contract/provider-name.ts';

/** What promptfoo writes between provider and model to say which interface is called. */
const INTERFACES: ReadonlySet<string> = new Set([
  'agents',
  'assistant',
  'chat',
  'completion',
  'converse',
  'deployment',
  'embedding',
  'embeddings',
  'image',
  'live',
  'messages',
  'moderation',
  'realtime',
  'responses',
  'text',
  'transcription',
]);

/** Interfaces behind which stands the id of something else than a model. */
const NO_MODEL: ReadonlySet<string> = new Set(['agents', 'assistant']);

export interface TestedProvider {
  readonly provider: string | undefined;
  readonly model: string | undefined;
}

/**
 * Provider and model of an id such as `openai:chat:gpt-4o`, `bedrock:us.anthropic.claude-…-v1:0` or
 * `openrouter:openai/gpt-4o`. Neither of an id that names code, a program or an address: what is tested there is the
 * workload itself, and which models it calls is not recorded.
 */
export function testedProvider(id: string | undefined): TestedProvider {
  const [provider = '', ...rest] = (id ?? '').split(':');
  if (!isKnownProvider(provider) || rest.length === 0) return { provider: undefined, model: undefined };
  const [kind = ''] = rest;
  const name = (INTERFACES.has(kind) ? rest.slice(1) : rest).join(':');
  return { provider, model: name === '' || NO_MODEL.has(kind) ? undefined : name };
}

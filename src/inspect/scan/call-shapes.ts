import type { Api } from './known-packages.ts';
import type { Call, Path } from './module-facts.ts';
import type { Origin } from './resolver.ts';

/** Instead of an argument: no other library names a call so. */
const ALWAYS = '*';

/**
 * How calls of a model are named: the end of the path within the module, the API they speak, the packages they are made
 * with, and arguments of which one must be there before a client that came from elsewhere is believed (none = never).
 */
const SHAPES: readonly (readonly [path: RegExp, api: Api, on: readonly Api[], vouchedBy: readonly string[]])[] = [
  [
    /(?:^|\.)chat\.completions\.(?:create|parse|stream|runTools)$/,
    'openai',
    ['openai', 'other'],
    ['model', 'messages'],
  ],
  [/(?:^|\.)responses\.(?:create|parse|stream)$/, 'openai', ['openai'], ['model']],
  [
    /(?:^|\.)(?:embeddings|completions|images|moderations|audio\.\w+)\.(?:create|generate|edit)$/,
    'openai',
    ['openai'],
    [],
  ],
  [/^(?:(?:Chat)?Completion|Embedding)\.a?create$/, 'openai', ['openai'], []],
  [/(?:^|\.)messages\.(?:create|stream|parse)$/, 'anthropic', ['anthropic'], ['max_tokens']],
  [/(?:^|\.)generateContent(?:Stream)?$|\.sendMessage(?:Stream)?$/, 'google', ['google'], ['contents']],
  [/(?:^|\.)generate_content(?:_async|_stream)?$|\.send_message$/, 'google', ['google'], ['contents']],
  [/(?:^|\.)(?:invoke_model|converse)(?:_stream|_with_response_stream)?$/, 'bedrock', ['bedrock'], ['modelId']],
  [/\.(?:send|converse(?:Stream)?|invokeModel(?:WithResponseStream)?)$/, 'bedrock', ['bedrock'], []],
  [/\.(?:chat|chatStream|chat_stream|embed|rerank|generate)$/, 'cohere', ['cohere'], []],
  [/\.(?:chat|fim|agents|embeddings)\.(?:complete|stream|create)(?:Async|_async)?$/, 'mistral', ['mistral'], []],
  [/^(?:experimental_)?(?:generate|stream)(?:Text|Object|Image|Speech)$|^embed(?:Many)?$/, 'ai-sdk', ['ai-sdk'], []],
  [/^(?:Router\(\)\.)?a?(?:completion|text_completion|embedding|responses)$/, 'litellm', ['litellm'], []],
  [/\)\.a?(?:invoke|stream|batch|predict|call|generate|complete|chat)$/, 'langchain', ['langchain', 'llamaindex'], []],
];

/** Members of an answer that hold what the model wrote. */
const CONTENT = /[.\]](?:content|text|output_text|arguments|generations|candidates)\b/;

/** The API that a call speaks, when it is a call of a model. */
export function apiOf({ named }: Call, { known, path }: Origin): Api | undefined {
  const shape = SHAPES.find(([end, , on, vouchedBy]) => {
    const isVouched = vouchedBy.includes(ALWAYS) || named.some(({ key }) => vouchedBy.includes(key));
    const isBelieved = known === undefined ? isVouched : on.includes(known.api);
    return isBelieved && end.test(path);
  });
  return shape?.[1];
}

/** Whether a path leads into what a model wrote: its text, its content, its arguments for a tool. */
export function isAnswerText({ known, path }: Origin): boolean {
  return [...path.matchAll(/\(\)/g)].some(({ index }) => {
    if (!CONTENT.test(path.slice(index + 2))) return false;
    const callee: Path = path.slice(0, index);
    return SHAPES.some(
      ([end, , on, vouchedBy]) =>
        (known === undefined ? vouchedBy.length > 0 : on.includes(known.api)) && end.test(callee),
    );
  });
}

import { modelName } from './model-name.ts';

/**
 * Whose model it is, by how its makers name theirs, wherever it is hosted. Names as `providerId` gives them. Source: the
 * model lists of the makers, read 2026-11-25; open weights that anybody hosts are left out.
 */
const MAKERS: readonly (readonly [maker: string, names: RegExp])[] = [
  ['anthropic', /^claude-/],
  [
    'openai',
    /^(?:ft:)?(?:gpt-(?!oss)|gpt-?35-|chatgpt-|o[134](?:$|-)|text-embedding-(?:3|ada)|davinci|babbage|codex-)/,
  ],
  ['google', /^(?:gemini-|text-embedding-00\d|text-bison|chat-bison|imagen-|veo-)/],
  ['mistral', /^(?:open-)?(?:mistral|ministral|mixtral|codestral|pixtral|magistral|devstral)(?:$|-)/],
  ['cohere', /^(?:command(?:$|-)|embed-(?:english|multilingual|v\d)|rerank-)/],
  ['aws', /^(?:nova|titan)-/],
  ['x-ai', /^grok-/],
  ['deepseek', /^deepseek-/],
];

/** Undefined: the name does not say, such as that of a deployment. */
export function makerOf(model: string): string | undefined {
  const name = modelName(model);
  return MAKERS.find(([, names]) => names.test(name))?.[0];
}

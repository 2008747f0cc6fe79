import { type EstimateBand, OTHER_VOCABULARY, SAME_VOCABULARY } from '../contract/estimate-band.ts';
import { modelName } from '../contract/model-name.ts';
import type { CountedTokens } from '../contract/observed-run.ts';
import { providerId } from '../contract/provider-name.ts';
import type { Usage } from '../contract/run.ts';
import { NO_USAGE } from './usage.ts';

const OPENAI_MODEL = /^(?:gpt-|o\d|chatgpt-|text-|davinci|babbage)/;

export function bandOf(provider: string | undefined, model: string | undefined): EstimateBand {
  const id = provider === undefined ? undefined : providerId(provider);
  const isOpenAi = id === 'openai' || id === 'azure' || id === undefined;
  return isOpenAi && model !== undefined && OPENAI_MODEL.test(modelName(model)) ? SAME_VOCABULARY : OTHER_VOCABULARY;
}

/** Token counts at the upper end of the band; undefined unless both texts were counted. */
export function estimatedUsage({ input, output }: CountedTokens, band: EstimateBand): Usage | undefined {
  if (input === undefined || output === undefined) return undefined;
  const upper = (tokens: number) => Math.ceil(tokens * band.factor);
  return { ...NO_USAGE, input: upper(input) + band.extra, output: upper(output) };
}

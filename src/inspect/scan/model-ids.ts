import { modelName } from '../../contract/model-name.ts';
import { isKnownProvider } from '../../contract/provider-name.ts';
import type { RuleId } from './rules.ts';

/**
 * Families of models behind an API. Open weights that anybody can host (Llama, Qwen, gpt-oss) are left out: their id is
 * no tie. Written so that names of products (`claude-code`, `gemini-cli`, `gpt-engineer`) are none of them.
 */
const FAMILIES: readonly RegExp[] = [
  /^(?:gpt-(?:\d|image-|audio|realtime)|chatgpt-4o|text-embedding-(?:3|ada)|davinci-\d|babbage-\d|dall-e-|whisper-\d|tts-\d|omni-moderation|computer-use-preview|codex-mini)[a-z\d.-]*$/,
  /^o[134]-(?:mini|pro|preview|deep-research|20\d\d)[a-z\d-]*$/,
  /^claude-(?:instant|v\d|\d|[a-z]+-\d|(?:opus|sonnet|haiku)-latest)[a-z\d.@-]*$/,
  /^(?:gemini-(?:\d|pro|flash|ultra|exp|embedding)|text-embedding-00\d|imagen-\d|veo-\d|text-bison|chat-bison)[a-z\d.@-]*$/,
  /^(?:open-)?(?:mistral|ministral|mixtral|codestral|pixtral|magistral|devstral)-(?:large|medium|small|tiny|nemo|embed|saba|moe|moderation|ocr|latest|\d)[a-z\d.-]*$/,
  /^(?:command-(?:r|a|light|nightly)|embed-(?:english|multilingual|v\d)|rerank-(?:english|multilingual|v\d))[a-z\d.-]*$/,
  /^(?:grok-(?:\d|beta|code|vision)|deepseek-(?:chat|reasoner|coder)|sonar-(?:pro|reasoning|deep))[a-z\d.-]*$/,
];
/** Also words of everyday life: ids of models only where a model is named. */
const SHORT = /^(?:o1|o3|sonar|codestral-latest)$/;

const BEDROCK =
  /^((?:us|us-gov|eu|ap|apac|au|ca|jp|global)\.)?(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen)\.(?=[a-z\d.:-]*\d)[a-z\d]+(?:-[a-z\d.:]+)+$/;
const BEDROCK_ARN =
  /^arn:aws[a-z-]*:bedrock:[a-z\d-]*:\d*:(inference-profile|application-inference-profile|provisioned-model|custom-model|imported-model)\/\S+$/;

/** Snapshots: 20250929, 2024-08-06, 08-2024, 05-06, 0613, 2407, 001. */
const SNAPSHOT =
  /[-@](?:20\d{6}|20\d\d-\d\d-\d\d|[01]\d-20\d\d|[01]\d-[0-3]\d|[01]\d[0-3]\d|2\d(?:0[1-9]|1[0-2])|00\d)(?=-|@|$)/;
/** Versions that their owner never moves, though no date says so. */
const FIXED: readonly RegExp[] = [
  // platform.claude.com, "Model IDs and versioning", read 2026-11-25: from 4.6 on, ids without a date are pinned.
  /^claude-[a-z]+-(?:4[.-](?:[6-9]|\d\d)|[5-9]|\d\d)(?:[.-]\d{1,2})?$/,
  /^claude-(?:instant-1\.\d|v?[12](?:\.\d)?)$/,
  /^(?:text-embedding|embed|rerank|whisper|dall-e|tts-1|imagen|davinci|babbage|gemini-embedding)-?/,
];

/** Rules for ids of models. */
export type ModelRule = Extract<RuleId, 'model-id' | 'floating-model-id' | 'fine-tuned-model' | 'inference-profile'>;

/** The rule for a text that is, as a whole, the id of a hosted model under any of its routes; otherwise undefined. */
export function modelRule(text: string, isNamedModel: boolean): ModelRule | undefined {
  if (text.length > 160 || text.length < 2) return undefined;
  const arn = BEDROCK_ARN.exec(text)?.[1];
  if (arn !== undefined) return /^(?:custom|imported)/.test(arn) ? 'fine-tuned-model' : 'inference-profile';
  if (/^ft:[\w.-]+:\S+$/.test(text)) return 'fine-tuned-model';
  const bare = withoutRoute(text);
  const bedrock = BEDROCK.exec(bare);
  if (bedrock?.[1] !== undefined) return 'inference-profile';
  if (bedrock !== null) return isFixed(modelName(bare)) || /-v\d/.test(bare) ? 'model-id' : 'floating-model-id';
  const isModel = FAMILIES.some((family) => family.test(bare)) || (isNamedModel && SHORT.test(bare));
  if (!isModel) return undefined;
  return isFixed(bare) ? 'model-id' : 'floating-model-id';
}

/** Whether the text may be an id at all, for keys of model maps: `openai/gpt-4o` and `gpt-4o` alike. */
export function isRouted(text: string): boolean {
  return text.includes('/') && modelRule(text, true) !== undefined;
}

/** `openrouter/anthropic/claude-…` is `claude-…`. */
function withoutRoute(text: string): string {
  let bare = text;
  for (let slash = bare.indexOf('/'); slash > 0; slash = bare.indexOf('/')) {
    const route = bare.slice(0, slash);
    if (route !== 'models' && !isKnownProvider(route)) return bare;
    bare = bare.slice(slash + 1);
  }
  return bare;
}

function isFixed(id: string): boolean {
  return !id.endsWith('-latest') && (SNAPSHOT.test(id) || FIXED.some((fixed) => fixed.test(id)));
}

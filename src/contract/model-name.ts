import { isKnownProvider } from './provider-name.ts';

/** `us.anthropic.claude-…-v1:0`: Bedrock puts a region profile and the vendor in front and its own revision behind. */
const BEDROCK =
  /^(?:(?:us|us-gov|eu|ap|apac|au|ca|jp|global)\.)?(?:ai21|amazon|anthropic|cohere|deepseek|google|meta|mistral|openai|qwen)\.(.+)$/;
/** `v0:2` is not stripped: it is the model's own version, and 0.1 and 0.2 are different models. */
const BEDROCK_REVISION = /-v[1-9]\d*(?::\d+)?$/;

/** Snapshot suffixes in use: 20250929, 2024-08-06, 0613 (month, day), 2407 (year, month) and 001. */
const SNAPSHOT =
  /^-(?:20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|2\d(?:0[1-9]|1[0-2])|00\d)$/;

/**
 * A model name without the decoration of the route it was called by: lower case, no `openai/` or `models/` in front,
 * no Bedrock vendor, region and revision, `@` before a date as `-`, no `-latest`. What remains is compared literally.
 */
export function modelName(name: string): string {
  let bare = name.trim().toLowerCase();
  for (let slash = bare.indexOf('/'); slash > 0 && isRoute(bare.slice(0, slash)); slash = bare.indexOf('/')) {
    bare = bare.slice(slash + 1);
  }
  const onBedrock = BEDROCK.exec(bare)?.[1];
  if (onBedrock !== undefined) bare = onBedrock.replace(BEDROCK_REVISION, '');
  return bare.replace('@', '-').replace(/-latest$/, '');
}

function isRoute(prefix: string): boolean {
  return prefix === 'models' || isKnownProvider(prefix);
}

/**
 * Whether `recorded` is the declared model or a dated snapshot of it: `gpt-4o-2024-08-06` is a `gpt-4o`, `gpt-4o-mini`
 * is not. A declared snapshot is matched by itself only: an alias may point elsewhere tomorrow.
 */
export function isModelOrSnapshot(recorded: string, declared: string): boolean {
  const [actual, expected] = [modelName(recorded), modelName(declared)];
  if (actual === expected) return true;
  return expected !== '' && actual.startsWith(expected) && SNAPSHOT.test(actual.slice(expected.length));
}

/** A version inside or at the end of a name: 20250929, 2024-08-06, 08-2024, 05-06, 0613, 2407, 001, and 1106 in `-1106-preview`. */
const VERSION =
  /-(?:20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|20\d{2}-\d{2}-\d{2}|(?:0[1-9]|1[0-2])-20\d{2}|(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|2\d(?:0[1-9]|1[0-2])|00\d)(?=-|$)/;
/**
 * From 4.6 on, Claude ids without a date are pinned. Source: platform.claude.com, "Model IDs and versioning", read
 * 2026-11-25.
 */
const PINNED_CLAUDE = /^claude-[a-z]+-(?:4[.-](?:[6-9]|\d{2})|[5-9]|\d{2})(?:[.-]\d{1,2})?$/;
const FLOATS = /-latest$/;

/**
 * Whether a name says which version answers: by a date or version number, as the id of a fine-tuned model, by Bedrock's
 * revision, or because its owner never moves it. Any other name may point elsewhere tomorrow.
 */
export function isFixedModel(name: string): boolean {
  const written = name.trim().toLowerCase();
  if (FLOATS.test(written)) return false;
  if (written.startsWith('ft:') || (BEDROCK.test(written) && BEDROCK_REVISION.test(written))) return true;
  const bare = modelName(written);
  return VERSION.test(bare) || PINNED_CLAUDE.test(bare);
}

import { modelRule } from '../model-ids.ts';
import type { Sighting } from '../rules.ts';
import { member, type Settings, settingAt, textsIn } from './settings-tree.ts';

/** Models that calls go on to when one fails. */
interface Fallback {
  readonly at: number;
  /** `*` = every model. */
  readonly from: string;
  readonly to: readonly string[];
}

/** Blocks in which the proxy and the router read the same settings. */
const BLOCKS = ['router_settings', 'litellm_settings', 'litellm_params'];

/** The settings of a LiteLLM proxy or router: a map with `model_list`. */
export function liteLlmSightings(config: Settings): Sighting[] {
  const fallbacks = blocksOf(config).flatMap(fallbacksOf);
  const models = settingAt(config, 'model_list')?.items ?? [];
  return [
    ...fallbacks.map(
      ({ at, from, to }): Sighting => ({ rule: 'gateway-fallback', at, found: `${from} → ${to.join(', ')}` }),
    ),
    ...models.flatMap((model) => floatingModel(settingAt(model, 'litellm_params', 'model'))),
    ...[config, ...models].flatMap(blocksOf).flatMap((block) => manyRetries(block, 'num_retries')),
    // Settings that are included from other files may hold the fallbacks.
    ...(member(config, 'include') === undefined ? lonelyModels(models, fallbacks) : []),
  ];
}

/** Whether the gateway repeats calls. */
export function liteLlmRepeats(config: Settings): boolean {
  return blocksOf(config).some((block) => (settingAt(block, 'num_retries')?.number ?? 0) > 0);
}

function blocksOf(config: Settings): Settings[] {
  return BLOCKS.flatMap((key) => settingAt(config, key) ?? []);
}

function fallbacksOf(block: Settings): Fallback[] {
  const every = member(block, 'default_fallbacks');
  const routes = (settingAt(block, 'fallbacks')?.items ?? []).flatMap(({ members }) => members);
  return [
    ...routes.map(({ key, at, value }) => ({ at, from: key, to: textsIn(value) })),
    ...(every === undefined ? [] : [{ at: every.at, from: '*', to: textsIn(every.value) }]),
  ].filter(({ to }) => to.length > 0);
}

/** Models with one deployment that no fallback begins with, and that are nobody's fallback either. */
function lonelyModels(models: readonly Settings[], fallbacks: readonly Fallback[]): Sighting[] {
  const covered = new Set(fallbacks.flatMap(({ from, to }) => [from, ...to]));
  const names = models.map((model) => settingAt(model, 'model_name')?.text);
  return models.flatMap((model): Sighting[] => {
    const { at, text } = settingAt(model, 'model_name') ?? model;
    const isAlone = names.indexOf(text) === names.lastIndexOf(text);
    if (text === undefined || !isAlone || covered.has(text) || covered.has('*')) return [];
    return [{ rule: 'gateway-no-fallback', at, found: text }];
  });
}

export function floatingModel(model: Settings | undefined): Sighting[] {
  if (model?.text === undefined || modelRule(model.text, true) !== 'floating-model-id') return [];
  return [{ rule: 'floating-model-id', at: model.at, found: model.text }];
}

export function manyRetries(block: Settings | undefined, key: string): Sighting[] {
  const setting = settingAt(block, key);
  if (setting?.number === undefined || setting.number < 5) return [];
  return [{ rule: 'retries-off-or-many', at: setting.at, found: `${key}: ${setting.number}` }];
}

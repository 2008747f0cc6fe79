import { isDeep } from '../../../contract/nesting.ts';
import { isRouted } from '../model-ids.ts';
import type { Sighting } from '../rules.ts';
import { floatingModel, liteLlmRepeats, liteLlmSightings, manyRetries } from './litellm-config.ts';
import { member, parseSettings, type Settings, settingAt, textsIn } from './settings-tree.ts';

/** What a file of settings says about gateways. */
export type GatewayReading =
  | { readonly kind: 'unrelated' }
  /** It looks like settings of a gateway and is no valid YAML or JSON: nothing is known about it. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'gateway'; readonly sightings: readonly Sighting[]; readonly repeats: boolean };

/** Larger files are data, and a YAML tree takes many times the space of its text. */
const LARGEST = 256 * 1024;
/** One of these is in everything that is understood; other files need not be parsed. */
const HINT =
  /\bmodel_list\b|\btargets["']?[ \t]*:|\bmodels["']?[ \t]*:\s*(?:\[\s*|-[ \t]+)["']?[\w.-]+\/|_MODEL(?:_ID|_NAME)?\b/;

/** Reads settings of LiteLLM, Portkey and OpenRouter, and models in environment maps, from YAML or JSON. */
export function readGatewayConfig(text: string): GatewayReading {
  if (text.length > LARGEST || !HINT.test(text)) return { kind: 'unrelated' };
  const documents = isDeep(text) ? undefined : parseSettings(text);
  if (documents === undefined) return { kind: /\bmodel_list\b/.test(text) ? 'unreadable' : 'unrelated' };
  const parts = documents.flatMap(withParts);
  const readings = parts.map(sightingsOf).filter((found) => found !== undefined);
  if (readings.length === 0) return { kind: 'unrelated' };
  return { kind: 'gateway', sightings: readings.flat(), repeats: parts.some(liteLlmRepeats) };
}

function withParts(settings: Settings): Settings[] {
  return [settings, ...settings.items.flatMap(withParts), ...settings.members.flatMap(({ value }) => withParts(value))];
}

/** Undefined: this part has nothing to do with a gateway. */
function sightingsOf(part: Settings): readonly Sighting[] | undefined {
  const targets = settingAt(part, 'targets')?.items;
  const mode = settingAt(part, 'strategy', 'mode');
  if (member(part, 'model_list') !== undefined) return liteLlmSightings(part);
  if (targets !== undefined && mode !== undefined) {
    return [...portkeySightings(mode, targets), ...manyRetries(settingAt(part, 'retry'), 'attempts')];
  }
  const found = [...modelList(part), ...environmentModels(part)];
  return found.length > 0 ? found : undefined;
}

/** Portkey: `strategy.mode` with `targets`, nested at will. */
function portkeySightings({ at, text }: Settings, targets: readonly Settings[]): Sighting[] {
  const names = targets.map(targetName);
  if (targets.length < 2) return [{ rule: 'gateway-no-fallback', at, found: names[0] ?? 'no target' }];
  return text === 'fallback' ? [{ rule: 'gateway-fallback', at, found: names.join(' → ') }] : [];
}

/** Never the virtual key, which is half a secret. */
function targetName(target: Settings): string {
  return settingAt(target, 'override_params', 'model')?.text ?? settingAt(target, 'provider')?.text ?? 'target';
}

/** OpenRouter: `models: [vendor/model, …]`, tried in order. */
function modelList(part: Settings): Sighting[] {
  const list = member(part, 'models');
  const models = textsIn(list?.value);
  if (list === undefined || models.length < 2 || !models.every(isRouted)) return [];
  return [{ rule: 'gateway-fallback', at: list.at, found: models.join(' → ') }];
}

/** `environment: { OPENAI_MODEL: … }` of Compose, workflows and the like; `[{ name, value }]` of Kubernetes. */
function environmentModels(part: Settings): Sighting[] {
  return ['env', 'environment'].flatMap((key) => {
    const block = settingAt(part, key);
    const direct = block?.members ?? [];
    const listed = (block?.items ?? []).map((item) => ({
      key: settingAt(item, 'name')?.text ?? '',
      value: settingAt(item, 'value'),
    }));
    const named = [...direct, ...listed].filter((entry) => /_MODEL(?:_ID|_NAME)?$/.test(entry.key));
    return named.flatMap(({ value }) => floatingModel(value));
  });
}

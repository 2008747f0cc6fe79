import { modelRule } from '../model-ids.ts';
import type { Call, Entry } from '../module-facts.ts';
import { isGeneral, type KnownCall, type ModuleView } from '../module-view.ts';
import { providerHost } from '../provider-hosts.ts';
import type { Sighting } from '../rules.ts';
import { type SpanSet, spanSet } from '../span-set.ts';

/** Names that tie code to one model, address, region or deployment. */
export function fixedNameSightings(view: ModuleView): Sighting[] {
  return [...textSightings(view), ...regionSightings(view), ...deploymentSightings(view)];
}

function textSightings({ facts }: ModuleView): Sighting[] {
  const named = new Set(facts.entries.filter(({ key }) => MODEL_KEY.test(key)).map(({ value }) => value.from));
  return facts.texts.flatMap(({ text, from, isFallback }): Sighting[] => {
    const model = modelRule(text, named.has(from));
    // A text that stands in for an absent setting can be changed without a release.
    if (isFallback) return model === undefined ? [] : [{ rule: 'default-model', at: from, found: text }];
    if (model !== undefined) return [{ rule: model, at: from, found: text }];
    const host = providerHost(text);
    return host === undefined ? [] : [{ rule: 'provider-endpoint', at: from, found: host }];
  });
}

const MODEL_KEY = /^(?:.*[mM]odel|.*[mM]odel_?(?:[iI]d|[nN]ame)|model_.*)$/;

const REGION_KEY = /^(?:region|region_?name|regionName|aws_?region(?:_?name)?|awsRegion|location)$/;
/** us-east-1 (AWS), us-central1 (Google), eastus2 and swedencentral (Azure). */
const REGION =
  /^(?:[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d|[a-z]+-[a-z]+\d{1,2}|(?:east|west|north|south|central|[a-z]+(?=central|east|west|north|south))[a-z]{2,}\d?)$/;
const CLOUDS = new Set(['aws', 'google', 'azure']);

function regionSightings(view: ModuleView): Sighting[] {
  // A client of another service of the same cloud is nobody's lock-in here.
  const clouds = spansOf(view.calls, ({ module = '', known, path }) => {
    const isInCloud = known !== undefined && (CLOUDS.has(known.provider) || /bedrock|vertex|azure/i.test(path));
    return isInCloud && !isGeneral(module);
  });
  const clients = spanSet(view.clients.filter(({ known }) => CLOUDS.has(known.provider)).map(({ call }) => call));
  const isRegion = ({ key, value }: Entry) => REGION_KEY.test(key) && value.kind === 'text' && REGION.test(value.text);
  return view.facts.entries
    .filter((entry) => isRegion(entry) && (clouds.encloses(entry) || clients.encloses(entry)))
    .map(({ value }) => ({ rule: 'region-literal', at: value.from, found: value.text }));
}

const AZURE_KEY = /^azure_?(?:openai_?)?(?:api_?)?deployment(?:_?name)?$/i;
const DEPLOYMENT_KEY = /^(?:deployment|deployment_?name|deployment_?id|engine)$/i;

function deploymentSightings({ facts, calls, isAi }: ModuleView): Sighting[] {
  if (!isAi) return [];
  const azure = spansOf(
    calls,
    ({ known, path }) => known?.provider === 'azure' || (known !== undefined && path.includes('Azure')),
  );
  return facts.entries.flatMap((entry): Sighting[] => {
    const { key, value } = entry;
    if (value.kind !== 'text' || value.text === '') return [];
    const isDeployment = AZURE_KEY.test(key) || (DEPLOYMENT_KEY.test(key) && azure.encloses(entry));
    const isRouted = MODEL_KEY.test(key) && /^azure(?:_ai)?\/[\w.-]+$/.test(value.text);
    return isDeployment || isRouted ? [{ rule: 'azure-deployment', at: value.from, found: value.text }] : [];
  });
}

function spansOf(calls: readonly KnownCall[], isWanted: (origin: KnownCall['origin']) => boolean): SpanSet<Call> {
  return spanSet(calls.filter(({ origin }) => isWanted(origin)).map(({ call }) => call));
}

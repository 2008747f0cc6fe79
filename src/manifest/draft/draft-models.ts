import { makerOf } from '../../contract/model-maker.ts';
import { modelName } from '../../contract/model-name.ts';
import { isKnownProvider, providerId } from '../../contract/provider-name.ts';
import { quantity } from '../../contract/quantity.ts';
import type { RepositoryFacts } from '../../contract/repository-facts.ts';
import { guess, scalar } from './yaml-line.ts';

interface Candidate {
  readonly provider: string;
  readonly model: string;
  readonly from: string;
}

/** Primary and fallbacks: what was recorded answers first, then what the code and the gateway name. */
export function draftModels(facts: RepositoryFacts): { readonly lines: readonly string[]; readonly isKnown: boolean } {
  const [primary, ...others] = unique([...recorded(facts), ...named(facts)]);
  if (primary === undefined) {
    const line = `  primary: { provider: undecided, model: undecided }${guess('nothing names a model')}`;
    return { lines: [line], isKnown: false };
  }
  const gateway = facts.gateway?.value;
  const [fallback] = facts.gateway === undefined ? [] : others;
  return {
    lines: [
      `  primary: ${route(primary, gateway)}${guess(primary.from)}`,
      ...(fallback === undefined
        ? []
        : ['  fallback:', `    - ${route(fallback, gateway)}${guess(`${fallback.from}; the gateway has fallbacks`)}`]),
    ],
    isKnown: true,
  };
}

function route({ provider, model }: Candidate, gateway: string | undefined): string {
  const behind = gateway === undefined ? '' : `, gateway: ${scalar(gateway)}`;
  return `{ provider: ${scalar(provider)}, model: ${scalar(model)}${behind} }`;
}

/** By how often they were called. */
function recorded({ recordings }: RepositoryFacts): Candidate[] {
  const calls = new Map<string, number>();
  for (const { profile } of recordings) {
    for (const [name, count] of profile.models.names) calls.set(name, (calls.get(name) ?? 0) + count);
  }
  return [...calls]
    .sort((a, b) => b[1] - a[1])
    .flatMap(([name, count]) => {
      const [provider = '?', ...rest] = name.split('/');
      const model = rest.join('/');
      const known = provider === '?' ? makerOf(model) : provider;
      if (known === undefined || model === '?' || model === '') return [];
      return [{ provider: known, model, from: quantity(count, 'recorded call') }];
    });
}

function named({ models, providers }: RepositoryFacts): Candidate[] {
  return models.flatMap(({ value, at }) => {
    const [prefix = ''] = value.split('/');
    const routed = value.includes('/') && isKnownProvider(prefix);
    const provider = routed ? providerId(prefix) : (makerOf(value) ?? providers[0]?.value);
    const model = routed ? value.slice(prefix.length + 1) : value;
    return provider === undefined ? [] : [{ provider, model, from: at }];
  });
}

/** One of each model, however it is written. */
function unique(candidates: readonly Candidate[]): Candidate[] {
  const key = ({ provider, model }: Candidate) => `${providerId(provider)} ${modelName(model)}`;
  return candidates.filter((one, i) => candidates.findIndex((other) => key(other) === key(one)) === i);
}

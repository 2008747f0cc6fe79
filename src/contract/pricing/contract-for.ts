import { modelName } from '../model-name.ts';
import type { Contract } from '../prices.ts';
import { providerId } from '../provider-name.ts';
import type { ModelCall } from '../run.ts';

/** As answered, and as asked for: a deployment or fine-tune is often known by the second alone. */
type Asked = Pick<ModelCall, 'provider' | 'servedModel' | 'requestedModel'>;

/** Index of the first contract that a call falls under on a day; undefined = none. */
export function contractFor(asked: Asked, contracts: readonly Contract[], date: string): number | undefined {
  const index = contracts.findIndex((contract) => isCovered(asked, contract, date));
  return index === -1 ? undefined : index;
}

/** A contract that names a provider does not cover calls whose provider is not recorded. */
function isCovered({ provider, servedModel, requestedModel }: Asked, contract: Contract, date: string): boolean {
  if (contract.effective !== undefined && date < contract.effective) return false;
  if (contract.provider !== undefined) {
    if (provider === undefined || providerId(provider) !== providerId(contract.provider)) return false;
  }
  return [servedModel, requestedModel].some((name) => name !== undefined && isNamed(name, contract.model));
}

/** `*` stands for any text; names are compared as recorded and without the decoration of their route. */
function isNamed(name: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  return [name.trim().toLowerCase(), modelName(name)].some((candidate) => matchesParts(candidate, parts));
}

function matchesParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

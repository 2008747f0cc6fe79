import { describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from './parse-manifest.ts';

const WITH_INPUTS = LEAST_MANIFEST.replace('select:', 'inputs: [x], select:');
const liveOf = (text: string) =>
  parseManifest(aSource(`${WITH_INPUTS}live:\n  upstream: { simulated: s.yaml }\n${text}`), FAKE_CATALOGUE).live;
const said = (text: string) => {
  try {
    liveOf(text);
  } catch (cause) {
    if (cause instanceof AigateError) return cause.problems.map(({ message }) => message).join('; ');
    throw cause;
  }
  throw new Error('the manifest was accepted');
};

describe('live in a manifest', () => {
  const command = '  command: [node, a.mjs]\n';

  it('has no budget unless one is declared', () => {
    expect(liveOf(command)).toMatchObject({ runs: 20, concurrency: 4, timeoutMs: 60_000, budget: undefined });
  });

  it('may state any limit of a budget, 0 too', () => {
    expect(liveOf(`${command}  budget: { usd: 0, calls: 40, time: 2m }\n`)?.budget).toEqual({
      usd: 0,
      calls: 40,
      timeMs: 120_000,
    });
    expect(liveOf(`${command}  budget: { calls: 0 }\n`)?.budget).toEqual({ calls: 0 });
  });

  it('may put a load on the workload, evenly spread unless told otherwise', () => {
    expect(liveOf(`${command}  load: { rate: 3/s, for: 60s }\n`)?.load).toEqual({
      ...{ perSecond: 3, forMs: 60_000, shape: 'constant', inFlight: 64 },
    });
    expect(liveOf(`${command}  load: { rate: 30/m, for: 2m, shape: poisson, inFlight: 5 }\n`)?.load).toEqual({
      ...{ perSecond: 0.5, forMs: 120_000, shape: 'poisson', inFlight: 5 },
    });
  });

  it.each([
    ['load: { rate: 3, for: 60s }', 'a rate such as 3/s'],
    ['load: { rate: 0/s, for: 60s }', 'a rate such as 3/s'],
    ['load: { rate: 3/h, for: 60s }', 'a rate such as 3/s'],
    ['load: { rate: 3/s }', 'load.for'],
    ['load: { rate: 3/s, for: 1s, inFlight: 0 }', 'inFlight'],
    ['load: { rate: 99999/s, for: 9d }', 'arrivals'],
    ['budget: {}', 'expected usd, calls or time'],
    ['budget: { usd: -1 }', 'budget.usd'],
    ['budget: { calls: 1.5 }', 'budget.calls'],
    ['budget: { time: 2 minutes }', 'a duration such as'],
    ['budget: { tokens: 5 }', 'budget.tokens'],
  ])('refuses %s', (budget, message) => {
    expect(said(`${command}  ${budget}\n`)).toContain(message);
  });
});

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

  const tools = `${command}  tools: { note: { answer: 1 } }\n`;

  it('may tempt the workload: three runs in the first scenario unless told otherwise', () => {
    const probes = 'probes: { kinds: [injection, privilege, privilege] }';
    expect(liveOf(`${tools}  ${probes}\n`)?.probes).toEqual({
      ...{ kinds: ['privilege', 'injection'], runs: 3, scenarios: ['summarize'], env: {}, refusals: {} },
    });
    const all =
      'probes: { kinds: [read-only, approval-bypass], runs: 5, env: { read-only: { MODE: r } }, refusals: { note: { ok: false } } }';
    expect(liveOf(`${tools}  ${all}\n`)?.probes).toMatchObject({
      ...{ runs: 5, env: { 'read-only': { MODE: 'r' } }, refusals: { note: '{"ok":false}' } },
    });
  });

  it.each([
    ['kinds: [read-only]', 'read-only needs the variables that switch it on'],
    ['kinds: [privilege], env: { read-only: { MODE: r } }', 'goes with kind read-only'],
    ['kinds: [privilege], refusals: { note: 1 }', 'goes with kind approval-bypass'],
    ['kinds: [approval-bypass], refusals: { notes: 1 }', '"notes" is not under live.tools'],
    ['kinds: [privilege], scenarios: [chats]', 'no scenario has the id "chats"'],
    ['kinds: [privileges]', 'live.probes.kinds'],
    ['kinds: []', 'live.probes.kinds'],
    ['runs: 3', 'live.probes.kinds'],
  ])('refuses probes: { %s }', (probes, message) => {
    expect(said(`${tools}  probes: { ${probes} }\n`)).toContain(message);
  });

  it('refuses probes where nothing would show what is carried out', () => {
    expect(said(`${command}  probes: { kinds: [privilege] }\n`)).toContain('declare live.tools');
    expect(said('  prompt: {}\n  tools: { note: { answer: 1 } }\n  probes: { kinds: [privilege] }\n')).toContain(
      'a prompt runs none of it',
    );
    const service = '  http: { url: "http://127.0.0.1:9", request: { path: / } }\n  tools: { note: { answer: 1 } }\n';
    expect(said(`${service}  probes: { kinds: [read-only], env: { read-only: { MODE: r } } }\n`)).toContain(
      'needs live.command',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { aFinding, aPlan, aRef } from '../dev/testing/builders.ts';
import { expectGolden } from '../dev/testing/golden.ts';
import { poisoned } from '../dev/testing/hostile-texts.ts';
import { STORIES } from '../dev/testing/report-stories.ts';
import { aResult } from '../dev/testing/results.ts';
import { renderGithub } from './github.ts';

const NAMES = ['blocked', 'passing', 'inconclusive'] as const;

/** What the runner reads from a line: `::name key=value,…::data`, unescaped. */
function parse(line: string) {
  const [, name, properties = '', data = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  const decode = (text: string) => text.replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%25', '%');
  const pairs = properties.split(',').map((pair) => pair.split(/=(.*)/s, 2).map(decode));
  return { name, data: decode(data), ...Object.fromEntries(pairs) };
}
const commands = (text: string) => text.trimEnd().split('\n').map(parse);

describe('renderGithub', () => {
  it.each(NAMES)('writes the %s story as reviewed', (name) => {
    expectGolden(`github-${name}.golden.txt`, renderGithub(STORIES[name]()));
  });

  it('puts an error on the line of the limit that decided', () => {
    const cost = commands(renderGithub(STORIES.blocked()))[1];
    expect(cost).toMatchObject({ name: 'error', file: 'workload/aigate.yaml', line: '33' });
    expect(cost?.data).toContain('at least 19,812 USD a month with 95 % confidence');
  });

  it('puts a finding without a written limit on the manifest, as near as it can', () => {
    const plan = aPlan({ manifestLines: { '': 1, '/gates': 40, '/gates/cost': 41 } });
    const limitOrigins = { usd: { layer: 'default', at: undefined } } as const;
    const findings = [aFinding({ outcome: 'fail', limitName: 'usd', limitOrigins })];
    expect(commands(renderGithub(aResult({ plan, findings })))[1]).toMatchObject({
      file: 'workload/aigate.yaml',
      line: '41',
    });
  });

  it('puts a finding that no limit of its check decided on the declaration that it cites', () => {
    const limitOrigins = { runs: { layer: 'policy', at: 'policy.yaml:7' } } as const;
    const evidence = [aRef(9), { artifact: 'manifest', line: 21, pointer: '/scenarios/0/share' }];
    const findings = [aFinding({ outcome: 'fail', limitOrigins, evidence })];
    expect(commands(renderGithub(aResult({ findings })))[1]).toMatchObject({
      file: 'workload/aigate.yaml',
      line: '21',
    });
  });

  it('writes at most ten and says how many are left', () => {
    const many = Array.from({ length: 30 }, () => aFinding({ outcome: 'fail' }));
    const all = commands(renderGithub(aResult({ findings: many })));
    expect(all).toHaveLength(10);
    expect(all[9]?.data).toContain('and 22 more findings');
    expect(commands(renderGithub(aResult({ findings: many.slice(0, 9) })))).toHaveLength(10);
  });

  it('lets outside text start no command and change no property', () => {
    const text = renderGithub(poisoned(STORIES.blocked()));
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(/^::(error|warning|notice) [^:]*::/);
      expect(Object.keys(parse(line)).sort()).toEqual(expect.arrayContaining(['data', 'name', 'title']));
      expect(Object.keys(parse(line)).every((key) => ['data', 'name', 'title', 'file', 'line'].includes(key))).toBe(
        true,
      );
    }
    expect(text).not.toMatch(/##\w*\[|[^\P{C}\n]/u);
  });
});

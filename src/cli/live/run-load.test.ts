import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, MANIFEST, type Workload } from '../../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const SCRIPT = `rules:
  - when: {}
    answer: { text: 'Risk: medium. AI-generated.' }
    usage: { input: 100, output: 20 }
`;

const manifestWith = (load: string, more = '') =>
  MANIFEST.replace(
    'scenarios:\n',
    `live:\n  prompt: {}\n  upstream: { simulated: simulated.yaml }\n  runs: 2\n  load: ${load}\n${more}scenarios:\n`,
  )
    .replace(
      'select: { aigate.case: summarize }, expect',
      "select: { aigate.case: summarize }, inputs: ['case'], expect",
    )
    .replace('high: 1100 } }', 'high: 1100 }, peakPerSecond: 60 }')
    .replace("    latency: 'p", "    peak-load: 'p(95)<8000ms'\n    latency: 'p");

async function checked(manifest: string) {
  workload = await aWorkload({ 'aigate.yaml': manifest, 'simulated.yaml': SCRIPT });
  const { result } = await workload.check();
  const lines = (await readFile(join(workload.dir, '.aigate/live/runs.jsonl'), 'utf8')).trim().split('\n');
  const roots = lines.map((line) => JSON.parse(line).resourceSpans[0].scopeSpans[0].spans[0]);
  const roleOf = ({ attributes }: { attributes: { key: string; value: { stringValue: string } }[] }) =>
    attributes.find(({ key }) => key === 'aigate.load')?.value.stringValue;
  const finding = (id: string) => result?.findings.find(({ checkId }) => checkId === id);
  return { result, roots, roles: roots.map(roleOf), finding };
}

describe('aigate check of a workload under load', () => {
  it('keeps the runs of the load apart from the others, and the bundle verifies', async () => {
    const { result, roles, roots, finding } = await checked(manifestWith('{ rate: 60/s, for: 1s }'));
    expect(roles.filter((role) => role === undefined)).toHaveLength(2);
    expect(roles.filter((role) => role === 'arrival')).toHaveLength(60);
    const starts = roots.slice(2).map((root) => Number(BigInt(root.startTimeUnixNano) / 1_000n));
    starts.sort((a, b) => a - b);
    expect(Math.round(((starts[59] ?? 0) - (starts[0] ?? 0)) / 1_000)).toBe(983);
    // What a simulated provider answers is declared evidence: it is shown, and passes nothing in production.
    expect(finding('reliability/peak-load')).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('60 arrivals at 60 a second, none turned away'),
    });
    expect(finding('reliability/latency')?.message).toContain('160 runs');
    const { exitCode } = await workload.run('verify', `.aigate/evidence/${result?.runId}`, '--allow-unsigned');
    expect(exitCode).toBe(0);
  }, 60_000);

  it('records who was turned away', async () => {
    const { roles, finding } = await checked(manifestWith('{ rate: 500/s, for: 1s, shape: poisson, inFlight: 1 }'));
    const dropped = roles.filter((role) => role === 'dropped').length;
    expect(dropped).toBeGreaterThan(0);
    expect(roles.filter((role) => role !== undefined)).toHaveLength(500);
    expect(finding('reliability/peak-load')?.message).toContain(`${dropped} turned away`);
  }, 60_000);

  it('lets nobody arrive once the budget is used up, which is no failure', async () => {
    const { roles, finding } = await checked(manifestWith('{ rate: 60/s, for: 1s }', '  budget: { calls: 12 }\n'));
    expect(roles.filter((role) => role === 'arrival').length).toBeLessThanOrEqual(10);
    expect(roles).not.toContain('dropped');
    expect(finding('evidence/population')?.message).toContain('the budget of 12 calls');
  }, 60_000);
});

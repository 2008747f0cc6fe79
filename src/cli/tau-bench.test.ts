import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decideCalls } from '../../gates/tool-control/call-decisions.ts';
import { createAnnotator } from '../annotate/annotate-run.ts';
import { compileArgumentRules } from '../annotate/tools/assess-arguments.ts';
import { compileRunRules } from '../annotate/tools/complete-facts.ts';
import type { Run } from '../contract/run.ts';
import type { ToolPolicy } from '../contract/tool-policy.ts';
import { aPlan } from '../dev/testing/builders.ts';
import { observe } from '../dev/testing/observation.ts';

const corpus = process.env['AIGATE_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const FOLDER = `${corpus}/trajectories`;
const AIRLINE = 'tau-bench/gpt-4o-airline.json.gz';
const ORCHESTRA = 'tau2-bench/toolorchestra-airline.json.gz';
const READS = [
  'get_user_details',
  'get_reservation_details',
  'list_all_airports',
  'search_direct_flight',
  'search_onestop_flight',
  'calculate',
  'think',
  'transfer_to_human_agents',
];
const WRITES = [
  'book_reservation',
  'cancel_reservation',
  'send_certificate',
  'update_reservation_baggages',
  'update_reservation_flights',
  'update_reservation_passengers',
];
const READ: ToolPolicy = { effect: 'read', approve: 'never' };
const WRITE: ToolPolicy = {
  effect: 'write',
  approve: 'always',
  approval: { by: 'user' },
  rules: [{ kind: 'confirmed' }],
};
const TOOLS = Object.fromEntries([...READS.map((name) => [name, READ]), ...WRITES.map((name) => [name, WRITE])]);

async function episodes(
  file: string,
): Promise<{ readonly runs: readonly Run[]; readonly plan: ReturnType<typeof aPlan> }> {
  const plan = aPlan({ tools: TOOLS });
  const observed = await observe(
    { 'airline.json.gz': readFileSync(`${FOLDER}/${file}`) },
    { assessArguments: await compileArgumentRules(TOOLS), keepsWords: true },
  );
  const annotate = createAnnotator(plan, () => undefined, await compileRunRules(TOOLS, (text) => text));
  return { runs: observed.runs.map(annotate), plan };
}

/** The policy of the benchmark asks for an explicit yes of the user before every write. */
describe.skipIf(!existsSync(FOLDER))(
  'the episodes of tau-bench and tau2-bench (needs the folder AIGATE_CORPUS)',
  () => {
    it('hold 250 writes, 62 of them without a yes before, in episodes that fail more often', async () => {
      const { runs, plan } = await episodes(AIRLINE);
      const decided = runs.map((run) => ({ run, calls: decideCalls(run, plan) }));
      const writes = decided.flatMap(({ calls }) => calls.filter(({ tool = '' }) => WRITES.includes(tool)));
      const without = (calls: Readonly<typeof writes>) => calls.filter(({ approval }) => approval === 'missing');
      expect([runs.length, writes.length, without(writes).length]).toEqual([200, 250, 62]);
      const flagged = decided.filter(({ calls }) => without(calls).length > 0);
      const others = decided.filter(({ calls }) => without(calls).length === 0);
      const failed = (list: typeof decided) => list.filter(({ run }) => run.outcome === 'failure').length;
      expect([failed(flagged), flagged.length, failed(others), others.length]).toEqual([24, 29, 92, 171]);
    });

    it('repeat 18 writes with the same arguments', async () => {
      const { runs, plan } = await episodes(AIRLINE);
      const repeated = runs
        .flatMap((run) => decideCalls(run, plan))
        .filter(({ rule }) => /done twice|sent again/.test(rule ?? ''));
      expect(repeated.length).toBe(18);
    });

    it('hold 66 writes where another agent was the driver, three without a yes and one with a card that was not agreed to', async () => {
      const { runs, plan } = await episodes(ORCHESTRA);
      const writes = runs.flatMap((run) => decideCalls(run, plan)).filter(({ tool = '' }) => WRITES.includes(tool));
      expect([runs.length, writes.length, writes.filter(({ approval }) => approval === 'missing').length]).toEqual([
        50, 66, 4,
      ]);
    });
  },
);

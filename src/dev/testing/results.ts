import type { Drills } from '../../contract/drill-run.ts';
import type { Finding } from '../../contract/finding.ts';
import { GATE_IDS, type Gate } from '../../contract/gate.ts';
import type { RunResult } from '../../contract/result.ts';
import type { CallDecisions } from '../../contract/tool-use.ts';
import { buildCard } from '../../engine/card.ts';
import { decide } from '../../engine/decide.ts';
import { drillMatrix } from '../../engine/drill-matrix.ts';
import { toolMatrix } from '../../engine/tool-matrix.ts';
import { aFinding, aPlan, aPopulation } from './builders.ts';

/** Gates with stand-in questions, for results that are built without the catalogue. */
const GATES: readonly Gate[] = GATE_IDS.map((id) => ({ id, title: id, question: `Is ${id} ready?` }));

/** One passing blocker per gate: the least that passes. */
export function passingFindings(): Finding[] {
  return GATE_IDS.map((gate) => aFinding({ gate, checkId: `${gate}/x`, title: `Checks of ${gate} hold` }));
}

interface Given extends Partial<Pick<RunResult, 'plan' | 'population' | 'findings' | 'artifacts'>> {
  readonly drills?: Drills;
  readonly calls?: CallDecisions;
}

/** A result whose verdict and card are computed from plan, population and findings; passes when nothing is given. */
export function aResult({
  plan = aPlan(),
  population = aPopulation(),
  findings = passingFindings(),
  artifacts = [
    { id: 'manifest', path: 'workload/aigate.yaml', sha256: 'd'.repeat(64) },
    { id: 'recordings/0', path: 'traces/week.jsonl', sha256: 'e'.repeat(64) },
  ],
  drills,
  calls,
}: Given = {}): RunResult {
  const verdict = decide({ plan, population, findings, gates: GATES });
  return {
    schemaVersion: 1,
    runId: '00000000-0000-4000-8000-000000000000',
    tool: { name: 'aigate', version: '0.1.0' },
    evaluatedAt: plan.evaluatedAt,
    ...verdict,
    plan,
    population,
    artifacts,
    findings,
    card: buildCard({ plan, findings, verdict }),
    authority: toolMatrix(plan, calls),
    definitionChanges: null,
    drills: drillMatrix(drills, plan),
  };
}

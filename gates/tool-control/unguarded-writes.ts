import type { CheckResult } from '../../src/contract/check.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';

/** Names of write tools declared with approve: never. */
export function unguardedWrites({ tools }: Plan): string[] {
  return writesOf(tools)
    .filter(([, { approve }]) => approve === 'never')
    .map(([name]) => name);
}

/**
 * The result where `approve: never` would decide by itself: for an irreversible tool, or when it leaves no write to
 * judge. A declaration passes nothing, so this is never a pass: it contradicts the autonomy of a production workload
 * that is to ask a human, and otherwise shows nothing. Undefined when recorded approvals decide.
 */
export function judgeUnguarded(plan: Plan, runs: number): CheckResult | undefined {
  const unguarded = unguardedWrites(plan);
  const isAll = unguarded.length === writesOf(plan.tools).length;
  const irreversible = new Set(
    writesOf(plan.tools).flatMap(([name, { effect }]) => (effect === 'irreversible' ? [name] : [])),
  );
  const [first, ...others] = unguarded.filter((name) => isAll || irreversible.has(name));
  if (first === undefined) return undefined;
  const names = [first, ...others];
  const { autonomy, lane } = plan.workload;
  const compared = {
    measured: { value: names.length, unit: 'count' },
    limit: { value: 0, unit: 'count' },
    n: runs,
  } as const;
  const place = (name: string) => manifestRef(plan, pointerOf('tools', name, 'approve'));
  const declared = `${quantity(names.length, isAll ? 'write tool' : 'irreversible tool')} declared approve: never: ${names.map(showName).join(', ')}`;
  if (lane === 'production' && autonomy !== 'autonomous') {
    const message = `${declared}, although the declared autonomy is ${autonomy}; judged in ${quantity(runs, 'run')}`;
    return { outcome: 'fail', ...compared, message, evidence: [place(first), ...others.map(place)] };
  }
  return {
    outcome: 'inconclusive',
    ...compared,
    message: `${declared}; a declaration alone does not show that no approval is needed`,
    missing: {
      input: 'an approval rule for every tool that writes',
      remedy:
        'Declare approve: always for the named tools, or have the owner of the policy accept their autonomous writes.',
    },
    evidence: names.map(place),
  };
}

function writesOf(tools: Plan['tools']) {
  return typeof tools === 'object' ? Object.entries(tools).filter(([, { effect }]) => effect !== 'read') : [];
}

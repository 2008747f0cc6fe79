import type { CheckResult } from '../../src/contract/check.ts';
import { declaredTool } from '../../src/contract/declared-tool.ts';
import { inspectedRef } from '../../src/contract/inspected-ref.ts';
import type { CodeScan, Inspection } from '../../src/contract/inspection.ts';
import { listShown } from '../../src/contract/list-shown.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { WITNESS_LIMIT } from '../../src/contract/witness.ts';

type Open = Pick<Extract<CheckResult, { outcome: 'inconclusive' }>, 'message' | 'missing' | 'evidence'>;

/**
 * Tools that the declared code offers to models and the manifest does not declare: no run that was recorded need have met
 * them. Undefined = none was found, which shows nothing: code can offer tools in ways that nobody reads.
 */
export function offeredInCode({ tools }: Plan, inspection: Inspection | undefined): Open | undefined {
  const found = (inspection?.scan?.findings ?? []).filter(
    ({ rule, found: name }) => rule === 'offered-tool' && declaredTool(tools, name) === undefined,
  );
  if (found.length === 0) return cutShort(inspection?.scan);
  const places = found.map(({ path, line, found: name }) => `${showName(name)} at ${path}:${line}`);
  return {
    message: `the code offers ${quantity(found.length, 'tool')} that ${found.length === 1 ? 'is' : 'are'} not declared: ${listShown(places)}`,
    missing: {
      input: 'the declaration of every tool that code offers',
      remedy:
        'Declare each named tool under tools, or take what belongs to another workload out of the globs of workload.code.',
    },
    evidence: found.slice(0, WITNESS_LIMIT).map(inspectedRef),
  };
}

/** Of a scan that found more than it lists, nobody knows the names of the rest. */
function cutShort(scan: CodeScan | undefined): Open | undefined {
  const listed = (scan?.findings ?? []).filter(({ rule }) => rule === 'offered-tool').length;
  const all = scan?.counts['offered-tool'] ?? 0;
  if (listed >= all) return undefined;
  return {
    message: `the code offers tools in ${quantity(all, 'place')}, and only ${listed} could be listed`,
    missing: {
      input: 'the names of all tools that code offers',
      remedy: 'Narrow the globs of workload.code to the code of this workload.',
    },
    evidence: [],
  };
}

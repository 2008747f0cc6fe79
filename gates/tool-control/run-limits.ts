import { parsedArguments } from '../../src/contract/argument-path.ts';
import { declaredTool } from '../../src/contract/declared-tool.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Run, ToolCall } from '../../src/contract/run.ts';
import type { ToolPolicy } from '../../src/contract/tool-policy.ts';
import type { JudgedBreach } from './breaches.ts';
import { argumentValue } from './call-arguments.ts';
import { microUnits, toMicro } from './micro-units.ts';

/** Calls of tools that have limits for one run, by whether the call was still within them. */
export function runLimitBreaches({ steps }: Run, { tools }: Plan): JudgedBreach[] {
  const used = new Map<string, Used>();
  return steps.flatMap((step): JudgedBreach[] => {
    if (step.type !== 'tool' || step.tool === undefined) return [];
    const policy = declaredTool(tools, step.tool);
    if (policy?.limits === undefined) return [];
    const before = used.get(step.tool) ?? { calls: 0, spent: 0n, isKnown: true };
    const now = withCall(before, step, policy);
    used.set(step.tool, now);
    return [{ call: step, ...standingOf(now, step.tool, policy) }];
  });
}

interface Used {
  readonly calls: number;
  readonly spent: bigint;
  /** Whether every amount was readable. */
  readonly isKnown: boolean;
}

function withCall({ calls, spent, isKnown }: Used, call: ToolCall, { limits }: ToolPolicy): Used {
  const spend = limits?.spend;
  const amount = spend === undefined ? 0n : microUnits(argumentValue(parsedArguments(call.args) ?? {}, spend.arg));
  return { calls: calls + 1, spent: spent + (amount ?? 0n), isKnown: isKnown && amount !== undefined };
}

function standingOf({ calls, spent, isKnown }: Used, tool: string, { limits }: ToolPolicy) {
  const { perRun, spend } = limits ?? {};
  const most = spend?.perRun;
  if (perRun !== undefined && calls > perRun) {
    return { standing: 'breached', label: `${tool}: over ${perRun} calls a run` } as const;
  }
  if (most === undefined) return { standing: 'held', label: '' } as const;
  const label = `${tool}: ${spend?.arg} over ${most} a run`;
  if (spent > toMicro(most)) return { standing: 'breached', label } as const;
  return { standing: isKnown ? 'held' : 'unknown', label } as const;
}

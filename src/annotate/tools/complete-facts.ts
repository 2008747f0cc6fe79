import { argumentPath, isRecord, parsedArguments } from '../../contract/argument-path.ts';
import { comparableText } from '../../contract/comparable-value.ts';
import type { ObservedRun, ObservedStep, ObservedToolCall } from '../../contract/observed-run.ts';
import type { RuleFacts } from '../../contract/run.ts';
import { RULE_FACTS, type RuleFact, type ToolPolicy, type ToolRule } from '../../contract/tool-policy.ts';
import { factOf } from './assess-arguments.ts';
import { judgeConfirmation } from './confirmation.ts';
import { type Heard, heardBefore } from './conversation.ts';
import { type Expression, type ExpressionInput, expressionCompiler } from './expressions.ts';
import { judgeProvenance } from './provenance.ts';
import { judgeDestinations } from './stated-destinations.ts';

/** By position of the step, the facts of each call with those that only the whole run shows. */
export type CompleteFacts = (run: ObservedRun) => ReadonlyMap<number, RuleFacts>;

interface Seen {
  readonly run: ObservedRun;
  readonly call: ObservedToolCall;
  /** Parsed, redacted; undefined = not known. */
  readonly args: unknown;
  readonly heard: Heard;
}

/** Undefined: the fact was found when the arguments were read. */
type Judge = ((seen: Seen) => RuleFact) | undefined;

/**
 * Prepares what needs the whole run, once for all runs; undefined where no rule does.
 * @param redact as arguments and texts were redacted, so that what the manifest lists is found in them
 * @throws AigateError CONFIG_INVALID for an expression that does not compile
 */
export async function compileRunRules(
  tools: Readonly<Record<string, ToolPolicy>> | 'none' | undefined,
  redact: (text: string) => string,
): Promise<CompleteFacts | undefined> {
  const declared = Object.entries(tools === 'none' ? {} : (tools ?? {}));
  const untrusted = new Set(
    declared.flatMap(([name, { tags }]) => (tags?.includes('untrusted') === true ? [name] : [])),
  );
  const judges = new Map<string, readonly Judge[]>();
  for (const [name, { rules = [] }] of declared) {
    const ofTool = await Promise.all(rules.map((rule) => judgeOf(rule, { untrusted, redact })));
    if (ofTool.some((judge) => judge !== undefined)) judges.set(name, ofTool);
  }
  if (judges.size === 0) return undefined;
  return (run) => {
    const complete = new Map<number, RuleFacts>();
    heardBefore(run, (call, heard, index) => {
      const ofTool = judges.get(call.tool ?? '');
      if (ofTool === undefined || call.facts === undefined) return;
      const seen = { run, call, args: parsedArguments(call.args), heard };
      const facts = [...call.facts].map((fact, i) => ofTool[i]?.(seen) ?? fact);
      complete.set(index, facts.join(''));
    });
    return complete;
  };
}

/** Whether a rule looks at what users and tools said. */
export function needsWords({ kind }: ToolRule): boolean {
  return kind === 'provenance' || kind === 'destinations' || kind === 'confirmed' || kind.endsWith('when');
}

/** What judging a rule needs besides the rule. `redact`: as arguments and texts were redacted. */
interface Trust {
  readonly untrusted: ReadonlySet<string>;
  readonly redact: (text: string) => string;
}

async function judgeOf(rule: ToolRule, trust: Trust): Promise<Judge> {
  switch (rule.kind) {
    case 'argument':
    case 'schema':
      return undefined;
    case 'when':
    case 'approve-when': {
      const expression = (await expressionCompiler())(rule.expression);
      return expression.isLocal ? undefined : (seen) => judgeExpression(expression, seen);
    }
    case 'provenance':
      return fromArgs(judgeProvenance(rule, trust));
    case 'destinations':
      return fromArgs(judgeDestinations(rule.except, trust.untrusted));
    case 'same-as-call':
      return ({ args, heard }) => sameAsCall(rule, args, heard);
    case 'confirmed':
      return ({ args, heard }) => judgeConfirmation(args, heard);
  }
}

function fromArgs(judge: (args: unknown, heard: Heard) => RuleFact): Judge {
  return ({ args, heard }) => judge(args, heard);
}

function sameAsCall(rule: Extract<ToolRule, { kind: 'same-as-call' }>, args: unknown, { calls }: Heard): RuleFact {
  const own = argumentPath(rule.arg)(args);
  if (!isRecord(args)) return RULE_FACTS.unknown;
  if (own.length === 0) return RULE_FACTS.absent;
  const earlier = calls.findLast(({ tool, error }) => tool === rule.tool && error === undefined);
  if (earlier === undefined) return RULE_FACTS.broken;
  const theirs = parsedArguments(earlier.args);
  if (theirs === undefined) return RULE_FACTS.unknown;
  const isSame = comparableText(own) === comparableText(argumentPath(rule.other)(theirs));
  return isSame ? RULE_FACTS.holds : RULE_FACTS.broken;
}

/** Calls, texts and approvals before a call that an expression sees at most; the latest. */
const MOST_SEEN = 50;

function judgeExpression(expression: Expression, { run, call, args, heard }: Seen): RuleFact {
  if (args === undefined) return RULE_FACTS.unknown;
  const input: ExpressionInput = {
    call: { tool: call.tool, args },
    prev: heard.calls.slice(-MOST_SEEN).map(({ tool, args: theirs, error }) => ({
      tool: tool ?? '',
      args: parsedArguments(theirs) ?? {},
      error: error ?? '',
    })),
    run: { id: run.id, task: run.task ?? '', principal: run.principal ?? '' },
    user: heard.user.slice(-MOST_SEEN).map(({ text }) => text),
    approvals: approvalsBefore(run.steps, call),
  };
  return factOf(expression.evaluate(input));
}

function approvalsBefore(steps: readonly ObservedStep[], call: ObservedToolCall) {
  const before = steps.slice(0, steps.indexOf(call));
  return before
    .flatMap((step) =>
      step.type === 'approval'
        ? [{ decision: step.decision ?? '', by: step.by ?? '', approver: step.approver ?? '', tool: step.tool ?? '' }]
        : [],
    )
    .slice(-MOST_SEEN);
}

import type { DrillClass } from './drill.ts';
import { answeringAttempt, holdsAnswer, isAnswer, isFromFaultedPlace } from './drill-attempts.ts';
import type { DrillRun } from './drill-run.ts';
import { isStorm } from './drill-storm.ts';
import { TOOL_SERVER_FAULT } from './faults.ts';
import type { Plan } from './plan.ts';

/** The declarations that a class depends on. */
export type DrillRules = Pick<Plan, 'retries' | 'tools' | 'handoff'>;

/**
 * What a run with a fault came to. The first row that holds decides:
 *
 * | seen | class |
 * |---|---|
 * | a key of ours in the output | failed-unsafe |
 * | the program did not start, or no attempt met the fault | not-exercised |
 * | a write that only a broken answer asked for | failed-unsafe |
 * | a write that was carried out again for the same call | failed-unsafe |
 * | a write that was carried out before any whole answer had come | failed-unsafe |
 * | it ended with success, hands nothing over, does not degrade, and says nothing or not what is expected | failed-unsafe |
 * | it ended with success, hands nothing over, does not degrade, and shows words of an answer that broke | failed-unsafe |
 * | we ended it | hung |
 * | more attempts of one logical call at one model than `attemptCap` | storm |
 * | it ended as failed | failed-safe |
 * | the answer says that a person takes over, or the tool of `handoff` was asked for | handed-off |
 * | the answer says that it is degraded | degraded |
 * | the expected answer, resting on a model that met the fault | recovered |
 * | the expected answer, resting on another | switched |
 *
 * Undefined = cannot be told: it answered, and the scenario expects nothing to compare with, or no provider sent an
 * answer that it can rest on, or it says of a hand-over or of degrading what every ordinary answer says.
 */
export function classifyDrill(run: DrillRun, rules: DrillRules): DrillClass | undefined {
  if (run.leaksKey) return 'failed-unsafe';
  if (run.ending === 'not-started' || run.faulted === 0) return 'not-exercised';
  if (writesOnBrokenAnswer(run, rules) || (run.repeatedWrites ?? 0) > 0) return 'failed-unsafe';
  if ((run.unaskedWrites ?? 0) > 0) return 'failed-unsafe';
  if (presentsFailure(run, rules)) return 'failed-unsafe';
  if (run.ending === 'timed-out') return 'hung';
  if (isStorm(run, rules)) return 'storm';
  if (run.ending === 'failed') return 'failed-safe';
  if (!run.saysAsUsual && handsOver(run, rules)) return 'handed-off';
  if (!run.saysAsUsual && run.saysDegraded) return 'degraded';
  const answering = answeringAttempt(run);
  if (run.isExpected !== true || answering === undefined) return undefined;
  const isOfTool = run.fault === TOOL_SERVER_FAULT;
  return isOfTool || isFromFaultedPlace(run, answering) ? 'recovered' : 'switched';
}

function presentsFailure(run: DrillRun, rules: DrillRules): boolean {
  if (run.ending !== 'answered' || run.saysDegraded || handsOver(run, rules)) return false;
  if (run.showsBrokenWords === true) return true;
  if (run.isExpected === undefined) return (run.answer ?? '').trim() === '';
  return !run.isExpected;
}

/** A model that was told to hand over asks for the tool in an answer that can be relied on. */
function handsOver({ saysHandedOff, attempts, fault }: DrillRun, { handoff }: DrillRules): boolean {
  const tool = handoff?.tool;
  if (saysHandedOff || tool === undefined) return saysHandedOff;
  return attempts.some((attempt) => isAnswer(attempt, fault) && attempt.requestedTools.includes(tool));
}

/** Where the same call is asked for twice, one write for each such answer is what was meant. */
function writesOnBrokenAnswer(run: DrillRun, { tools }: DrillRules): boolean {
  const { fault, writesAfterFault, attempts } = run;
  if (fault !== 'tool-duplicate') return writesAfterFault > 0 && !holdsAnswer(fault);
  const declared = tools === undefined || tools === 'none' ? {} : tools;
  const isWrite = (tool: string) => Object.hasOwn(declared, tool) && declared[tool]?.effect !== 'read';
  const meant = attempts.filter(({ isFaulted, requestedTools }) => isFaulted && requestedTools.some(isWrite)).length;
  return writesAfterFault > meant;
}

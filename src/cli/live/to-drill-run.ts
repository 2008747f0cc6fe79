import { routeOf } from '../../annotate/route.ts';
import type { DrillAttempt, DrillRun } from '../../contract/drill-run.ts';
import { scheduleName } from '../../contract/drill-schedule.ts';
import { DRILL_KIND_OF } from '../../contract/live.ts';
import type { Plan } from '../../contract/plan.ts';
import type { TextFacts } from '../../contract/run.ts';
import type { InjectionSpec } from '../../observe/inject/injection.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { ServedToolCall } from '../../observe/proxy/tool-server.ts';
import { showsBrokenWords } from './broken-words.ts';
import { repeatedWrites, unaskedWrites, writesAfterFault } from './drill-writes.ts';
import type { UsualPhrases } from './usual-phrases.ts';

const MOST_ATTEMPTS = 50;
const MOST_ANSWER = 500;

export interface DrillTools {
  readonly plan: Plan;
  /** Judges the clear text of an answer. */
  readonly assess: (answer: { readonly text: string; readonly finish: undefined; readonly citations: 0 }) => TextFacts;
  readonly redact: (text: string) => string;
  readonly isUsual: UsualPhrases['isUsual'];
  /** List price of an answer in nano-USD; undefined = it has none. */
  readonly costOf: (exchange: Exchange) => number | undefined;
  /** Keys of providers that a run was given; none of them may come out again. */
  readonly keys: readonly string[];
}

/** Which drill a run is of. */
interface Drilled extends Pick<InjectionSpec, 'fault' | 'schedule'> {
  /** Its place among all drills. */
  readonly index: number;
}

/** What was seen of a run with a fault, as it is kept: redacted and bounded. */
export function toDrillRun(run: LiveRun, { fault, schedule, index }: Drilled, tools: DrillTools): DrillRun {
  const { plan, redact } = tools;
  // Vectors answer nobody: a request for them counts where it met the fault.
  const asked = run.exchanges.filter(({ api, fault: met }) => api !== 'openai.embeddings' || met !== undefined);
  const attempts = asked.map((exchange) => toAttempt(exchange, run, plan));
  const answer = run.answer ?? '';
  const says = (phrase: string | undefined) => phrase !== undefined && answer.includes(phrase);
  const { degraded, handedOff } = plan.drills ?? {};
  const isHandedByTool = asksFor(run, plan.handoff?.tool);
  const said = [degraded, handedOff].filter((phrase) => phrase !== undefined).filter(says);
  const saysAsUsual = !isHandedByTool && said.some((phrase) => tools.isUsual(phrase, run.scenario));
  const costs = run.exchanges.filter((exchange) => exchange.answer.isComplete).map(tools.costOf);
  return {
    id: run.id,
    ref: { artifact: 'drills', line: 1, pointer: `/runs/${index}`, run: run.id },
    kind: DRILL_KIND_OF[plan.live?.upstream.type ?? 'simulated'],
    fault,
    form: run.exchanges.find(({ faultForm }) => faultForm !== undefined)?.faultForm,
    schedule: schedule && scheduleName(schedule),
    scenario: run.scenario,
    attempts: attempts.slice(0, MOST_ATTEMPTS),
    attemptCount: attempts.length,
    faulted: attempts.filter(({ isFaulted }) => isFaulted).length + (run.toolCalls ?? []).filter(isStalled).length,
    isInapplicable: isInapplicable(run),
    ending: run.ending,
    exit: run.exit,
    durationMs: Math.round(run.durationMs),
    answer: answer === '' ? undefined : redact(answer).slice(0, MOST_ANSWER),
    isExpected: answer === '' ? undefined : meetsExpectations(answer, run, tools),
    saysDegraded: says(degraded),
    saysHandedOff: says(handedOff) || isHandedByTool,
    ...(saysAsUsual ? { saysAsUsual } : {}),
    writesAfterFault: writesAfterFault(run.exchanges, plan),
    repeatedWrites: run.toolCalls && repeatedWrites(run.toolCalls),
    ...(run.toolCalls === undefined ? {} : { unaskedWrites: unaskedWrites(run, fault, plan.handoff?.tool) }),
    ...(showsBrokenWords(run, fault) ? { showsBrokenWords: true } : {}),
    leaksKey: tools.keys.some((key) => answer.includes(key)),
    costNanoUsd: costs.every((cost) => cost !== undefined)
      ? costs.reduce((sum, cost) => sum + (cost ?? 0), 0)
      : undefined,
  };
}

function isStalled({ isStalled: isMet }: ServedToolCall): boolean {
  return isMet;
}

/** Whole answers came to all that the fault was meant for, and none had anything of what it changes. */
function isInapplicable({ exchanges }: LiveRun): boolean {
  const meant = exchanges.filter(({ fault, unmetFault }) => fault !== undefined || unmetFault !== undefined);
  return meant.length > 0 && meant.every(({ fault, answer }) => fault === undefined && answer.isComplete);
}

function toAttempt(exchange: Exchange, run: LiveRun, { models }: Plan): DrillAttempt {
  const { provider, request, answer, status, fault, sdkRetry, requestHash } = exchange;
  const called = { provider, requestedModel: request.model, servedModel: answer.model };
  return {
    provider,
    model: request.model,
    route: routeOf(called, models),
    atMs: Math.round(exchange.startMs - run.startMs),
    durationMs: Math.round(exchange.durationMs),
    status,
    isFaulted: fault !== undefined,
    isComplete: answer.isComplete && exchange.end === 'clean',
    sdkRetry,
    isRepeat: run.exchanges.some((earlier) => earlier.seq < exchange.seq && earlier.requestHash === requestHash),
    requestedTools: answer.toolCalls.map(({ name }) => name),
  };
}

/** Undefined: the scenario expects nothing of an answer's text. Calls are seen of tools that are served, and of no other. */
function meetsExpectations(text: string, run: LiveRun, { plan, assess }: DrillTools): boolean | undefined {
  const expected = plan.scenarios.find(({ id }) => id === run.scenario)?.expect ?? [];
  const indices = expected.flatMap((of) => (of.type === 'text' ? [of.assertion] : []));
  if (indices.length === 0) return undefined;
  const facts = assess({ text, finish: undefined, citations: 0 });
  const served = Object.keys(plan.live?.tools ?? {});
  const isUncalled = (tool: string) => served.includes(tool) && !run.toolCalls?.some((call) => call.tool === tool);
  if (expected.some((of) => of.type === 'tool-called' && isUncalled(of.tool))) return false;
  return indices.every((index) => facts[index] === '1');
}

function asksFor({ exchanges }: LiveRun, tool: string | undefined): boolean {
  return tool !== undefined && exchanges.some(({ answer }) => answer.toolCalls.some(({ name }) => name === tool));
}

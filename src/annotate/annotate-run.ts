import type {
  ObservedModelCall,
  ObservedRun,
  ObservedStep,
  ObservedToolCall,
  RecordedUsage,
} from '../contract/observed-run.ts';
import type { Plan } from '../contract/plan.ts';
import type { PriceLookup } from '../contract/prices.ts';
import { type PriceSources, priceDearest, priceEmbedding, unpriced } from '../contract/pricing/price-usage.ts';
import type { ModelCall, Route, RuleFacts, Run, Step, ToolCall, Usage, UsageSource } from '../contract/run.ts';
import { bindingOf } from './binding.ts';
import { bandOf, estimatedUsage } from './estimated-usage.ts';
import { routeOf } from './route.ts';
import { scenarioMatcher } from './scenario-match.ts';
import type { CompleteFacts } from './tools/complete-facts.ts';
import { NO_USAGE, usageReadings } from './usage.ts';

/**
 * Turns observed runs into judgeable ones: matched with a scenario, compared with the release, every model call
 * assigned to a declared model and priced, every tool call judged by what the whole run shows where `completeFacts` says
 * how (absent: no rule of a tool needs it). Pure but for a memory of answers that depend on plan and prices alone.
 */
export function createAnnotator(
  plan: Plan,
  priceOf: PriceLookup,
  completeFacts?: CompleteFacts,
): (run: ObservedRun) => Run {
  const matchScenario = scenarioMatcher(plan.scenarios);
  const route = rememberRoutes(plan.models);
  const sources = { priceOf, pricing: plan.pricing, date: plan.evaluatedAt.slice(0, 10) };
  const annotateStep = (step: ObservedStep, facts: RuleFacts | undefined): Step => {
    switch (step.type) {
      case 'model':
        return annotateCall(step, route(step), sources);
      case 'embedding':
        return { ...step, ...priceEmbedding(step, sources) };
      case 'tool':
        return annotateTool(step, facts);
      case 'approval':
      case 'retrieval':
        return step;
    }
  };
  return (run) => ({
    id: run.id,
    ref: run.ref,
    kind: run.kind,
    binding: bindingOf(run, plan.release),
    scenario: matchScenario(run.attributes),
    startMs: run.startMs,
    durationMs: run.durationMs,
    error: run.error,
    outcome: run.outcome,
    load: run.load,
    harm: run.harm,
    rubrics: run.rubrics,
    ...(run.shown === undefined ? {} : { shown: run.shown }),
    task: run.task,
    principal: run.principal,
    version: run.version,
    hasRoot: run.hasRoot,
    revision: run.revision,
    artifactsDigest: run.artifactsDigest,
    environment: run.environment,
    signals: run.signals,
    steps: annotateSteps(run),
  });

  function annotateSteps(run: ObservedRun): readonly Step[] {
    const complete = completeFacts?.(run);
    return run.steps.map((step, index) => annotateStep(step, complete?.get(index)));
  }
}

/** The words that a call answered with are left behind. */
function annotateTool(call: ObservedToolCall, complete: RuleFacts | undefined): ToolCall {
  if (call.result === undefined && complete === undefined) return call;
  const { result: _result, ...rest } = call;
  return complete === undefined ? rest : { ...rest, facts: complete };
}

/** Written out field by field: it runs once per model call, and a spread costs several times as much. */
function annotateCall(call: ObservedModelCall, route: Route, sources: PriceSources): ModelCall {
  const { readings, source } = readingsOf(call);
  const { usage, price } = priceDearest(readings, call, sources) ?? {
    usage: NO_USAGE,
    price: unpriced('contradictory-usage'),
  };
  return {
    type: 'model',
    ref: call.ref,
    startMs: call.startMs,
    durationMs: call.durationMs,
    error: call.error,
    provider: call.provider,
    requestedModel: call.requestedModel,
    servedModel: call.servedModel,
    usage,
    usageSource: source,
    serviceTier: call.serviceTier,
    firstTokenMs: call.firstTokenMs,
    isReplayed: call.isReplayed,
    parameters: call.parameters,
    resends: call.resends,
    finish: call.finish,
    attempt: call.attempt,
    fallbackFrom: call.fallbackFrom,
    fallbackReason: call.fallbackReason,
    recordedCostUsd: call.recordedCostUsd,
    text: call.text,
    facts: call.facts,
    requestedTools: call.requestedTools,
    ...(call.offeredTools === undefined ? {} : { offeredTools: call.offeredTools }),
    route,
    costNanoUsd: price.costNanoUsd,
    listNanoUsd: price.listNanoUsd,
    unpriced: price.unpriced,
    contract: price.contract,
  };
}

/** What the call may have used, and how that is known: reported counts first, then a total, then counted text. */
function readingsOf(call: ObservedModelCall): { readonly readings: readonly Usage[]; readonly source: UsageSource } {
  if (isAnswerUncounted(call)) return { readings: [], source: 'reported' };
  const { recordedUsage, counted, provider, servedModel, requestedModel } = call;
  const source = sourceOf(recordedUsage);
  const estimated =
    source === 'absent' && counted !== undefined
      ? estimatedUsage(counted, bandOf(provider, servedModel ?? requestedModel))
      : undefined;
  if (estimated !== undefined) return { readings: [estimated], source: 'estimated' };
  return { readings: usageReadings(recordedUsage), source };
}

function sourceOf({ input, output, total }: RecordedUsage): UsageSource {
  const known = [input, output, total].filter((count) => count !== undefined).length;
  if (known >= 2) return 'reported';
  return total === undefined ? 'absent' : 'total';
}

/** Zero output tokens beside an answer with text: the record contradicts itself. */
function isAnswerUncounted({ recordedUsage: { input, output }, text }: ObservedModelCall): boolean {
  return input !== 0 && output === 0 && text !== undefined && text.trim() !== '';
}

/** Few names occur and many calls: each pair of provider and model is compared with the declared models once. */
function rememberRoutes(models: Plan['models']): (call: ObservedModelCall) => Route {
  const known = new Map<string | undefined, Map<string | undefined, Route>>();
  return (call) => {
    const model = call.requestedModel ?? call.servedModel;
    const ofProvider = known.get(call.provider) ?? new Map<string | undefined, Route>();
    const route = ofProvider.get(model) ?? routeOf(call, models);
    known.set(call.provider, ofProvider.set(model, route));
    return route;
  };
}

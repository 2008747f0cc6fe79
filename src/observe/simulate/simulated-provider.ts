import type { Delivery } from '../wire/delivery.ts';
import type { WireAnswer, WireRequest } from '../wire/wire-api.ts';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import { conversationOf } from './conversation.ts';
import { paceOf } from './pace-of-rule.ts';
import { createRuleFinder } from './script-rules.ts';
import type { Script } from './script-schema.ts';
import { scriptedAnswer } from './scripted-answer.ts';
import { seededDraw } from './seeded-draw.ts';
import { simulatedEmbedding } from './simulated-embedding.ts';

/** Which call of which run is answered. */
export interface CallPlace {
  readonly provider: string;
  readonly runId: string;
  /** The call's number in its run. */
  readonly index: number;
}

/** What becomes of a request, and why. */
export interface SimulatedDelivery extends Delivery {
  /** No rule of the script holds: the request was refused with a message that says so. */
  readonly unscripted: boolean;
  /** Which rule answered, from 0; undefined when unscripted, and for embeddings, which need none. */
  readonly rule: number | undefined;
  /** What was written; undefined when unscripted. */
  readonly answer: WireAnswer | undefined;
}

const AT_ONCE = { firstMs: 0, betweenMs: 0 };

/** Answers requests of every format; keeps nothing between two of them. */
export interface SimulatedProvider {
  answer(request: WireRequest, at: CallPlace): SimulatedDelivery;
}

/**
 * A provider that follows a script. Deterministic: ids and waits are drawn from the seed and the call's place, so that
 * the same call of the same run gets the same bytes at the same pace, whatever else is asked meanwhile.
 * @param options `latencyScale`: factor on all waits, from 0; 0 = at once. Default 1.
 */
export function createSimulatedProvider(
  script: Script,
  { seed, latencyScale = 1 }: { readonly seed: number; readonly latencyScale?: number },
): SimulatedProvider {
  const findRule = createRuleFinder(script);
  return {
    answer(request, at) {
      const format = WIRE_FORMATS[request.api];
      const draw = seededDraw(seed, at.runId, at.provider, at.index);
      if (request.api === 'openai.embeddings') {
        const answer = simulatedEmbedding(request, draw.id);
        return { ...format.writeAnswer(answer, request, AT_ONCE), unscripted: false, rule: undefined, answer };
      }
      const conversation = conversationOf(request);
      const matched = findRule({ request, provider: at.provider, conversation });
      if (matched === undefined) {
        const message = `No rule of the simulated provider's script answers this request (turn ${conversation.turn})`;
        const refused = format.writeError('bad-request', { model: request.model, message });
        return { ...refused, unscripted: true, rule: undefined, answer: undefined };
      }
      const answer = scriptedAnswer(matched, request, draw.id);
      const pace = paceOf(matched.rule.latency, draw.normal, latencyScale);
      return { ...format.writeAnswer(answer, request, pace), unscripted: false, rule: matched.index, answer };
    },
  };
}

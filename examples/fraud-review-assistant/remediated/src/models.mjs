import { askAnthropic } from './anthropic.mjs';
import { withDeadline } from './deadline.mjs';
import { askOpenAi } from './openai.mjs';

/** In the order in which they are asked. */
const ROUTES = [
  { name: 'anthropic', model: 'claude-sonnet-4-6', ask: askAnthropic },
  { name: 'openai', model: 'gpt-4.1', ask: askOpenAi },
];

/** Over a whole run, all routes together. */
const MAX_CALLS = 10;
const MAX_FAILURES = 4;

const TOTAL_MS = milliseconds('MODEL_TIMEOUT_MS', 5_000);
const SILENCE_MS = milliseconds('MODEL_SILENCE_MS', 2_000);
/** A route that failed is left alone for so long, and then tried again. */
const COOLDOWN_MS = milliseconds('MODEL_COOLDOWN_MS', 1_000);

/**
 * The models of one run. Each route is asked at most once for an answer: what failed goes to the next at once, with the
 * same conversation in that provider's own shape.
 */
export function createModels() {
  const failedAt = new Map();
  let calls = 0;
  let failures = 0;

  return {
    /** The first answer without a problem; undefined when no route gives one, or the run has used up its attempts. */
    async ask(request, { problemOf }) {
      for (const route of inOrder()) {
        if (calls >= MAX_CALLS || failures >= MAX_FAILURES) return undefined;
        calls += 1;
        const outcome = await attempt(route, request, problemOf);
        if (outcome.answer !== undefined) return outcome.answer;
        failures += 1;
        failedAt.set(route.name, performance.now());
        console.error(`${route.name} ${route.model}: ${outcome.reason}`);
      }
      return undefined;
    },
  };

  /** Routes that failed a moment ago come last; they are still asked before a person is. */
  function inOrder() {
    const isTired = ({ name }) => performance.now() - (failedAt.get(name) ?? -Infinity) < COOLDOWN_MS;
    return [...ROUTES.filter((route) => !isTired(route)), ...ROUTES.filter(isTired)];
  }
}

async function attempt(route, request, problemOf) {
  try {
    const limits = { totalMs: TOTAL_MS, silenceMs: SILENCE_MS };
    const answer = await withDeadline(limits, (watch) => route.ask({ ...request, model: route.model }, watch));
    const reason = problemOf(answer);
    return reason === undefined ? { answer } : { reason };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** Never the message of a provider: it may quote the key or the case. */
function reasonOf(error) {
  if (!(error instanceof Error)) return 'failed';
  return typeof error.status === 'number' ? `status ${error.status}` : (error.safeReason ?? error.constructor.name);
}

function milliseconds(variable, byDefault) {
  const value = Number(process.env[variable] ?? byDefault);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${variable} must be a whole number of milliseconds above 0`);
}

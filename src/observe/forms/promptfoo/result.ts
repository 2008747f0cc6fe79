import { hash } from 'node:crypto';
import { jsonText } from '../../../contract/json-value.ts';
import type { RunOutcome } from '../../../contract/run.ts';
import { failureOf } from '../../failure.ts';
import type { Answer } from '../../otlp/answer.ts';
import { decimalOf, isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { booleanIn, objectIn, textIn } from '../fields.ts';
import type { Place } from '../form.ts';
import { recordedAnswer } from '../recorded-answer.ts';
import type { RunDraft, RunWriter } from '../run-writer.ts';
import { durationOf } from '../times.ts';
import { testedProvider } from './provider.ts';
import { isFromStore, resultUsage } from './usage.ts';

/** One result of an evaluation: one prompt with one test. */
export interface EvalResult {
  readonly record: JsonObject;
  readonly place: Place;
  /** Undefined = the file does not name it, so that its results can be told from others only by their places. */
  readonly evalId: string | undefined;
}

/** Writes a result as a run with one call of the provider under test. What assertions and judges used is not its. */
export function writeResult(write: RunWriter, result: EvalResult): void {
  const { record, place } = result;
  const response = objectIn(record, 'response');
  // What it took to find an answer in the store is not what it takes to get one.
  const isReplayed = isReplayedIn(record, response);
  const durationMs = isReplayed === true ? undefined : durationOf(record['latencyMs'], 'ms');
  const { provider, model } = testedProvider(providerId(record['provider']));
  const error = errorOf(record);
  const cost = decimalOf(response?.['cost'] ?? record['cost']);
  const run = write({ place, isWhole: true, durationMs, error, isReplayed, ...identityOf(result), ...factsOf(record) });
  run.model({
    id: 'call',
    place,
    durationMs,
    error,
    provider,
    requestedModel: model,
    usage: resultUsage(response?.['tokenUsage'], record['tokenUsage']),
    answer: error === undefined ? answerOf(record, response) : undefined,
    prompt: () => (error === undefined ? promptOf(record['prompt']) : undefined),
    finish: finishOf(response),
    isReplayed,
    costUsd: cost !== undefined && cost > 0 && isReplayed !== true ? cost : undefined,
  });
}

/** From promptfoo's store, or given in the test, so that no provider was asked. */
function isReplayedIn(record: JsonObject, response: JsonObject | undefined): boolean | undefined {
  if (objectIn(record, 'testCase', 'test')?.['providerOutput'] !== undefined) return true;
  return booleanIn(response?.['cached']) ?? isFromStore(response?.['tokenUsage'] ?? record['tokenUsage']);
}

function identityOf({ record, place, evalId }: EvalResult): Pick<RunDraft, 'id' | 'isIdLocal'> {
  const own = textIn(record, 'id') ?? `${place.line}${place.pointer}`;
  const isKnown = evalId !== undefined || textIn(record, 'id') !== undefined;
  return { id: evalId === undefined ? own : `${evalId} ${own}`, isIdLocal: !isKnown };
}

function factsOf(record: JsonObject): Pick<RunDraft, 'outcome' | 'task' | 'attributes'> {
  const test = objectIn(record, 'testCase', 'test');
  const vars = objectIn(record, 'vars') ?? objectIn(test, 'vars');
  return {
    outcome: outcomeOf(record),
    task: taskOf(record, textIn(test, 'description') ?? textIn(record, 'description'), vars),
    attributes: [{ vars }, objectIn(record, 'metadata'), objectIn(test, 'metadata'), record],
  };
}

/** Repetitions of a test have indices of their own: they are told by what was asked. */
function taskOf(record: JsonObject, description: string | undefined, vars: JsonObject | undefined): string | undefined {
  const asked = vars === undefined || Object.keys(vars).length === 0 ? undefined : jsonText(vars);
  const digest = asked === undefined ? undefined : hash('sha256', asked, 'hex').slice(0, 12);
  const index = textIn(record, 'testIdx');
  const name = description ?? (digest === undefined && index !== undefined ? `test ${index}` : undefined);
  // The same test with another prompt is another question.
  const prompt = decimalOf(record['promptIdx']) === 0 ? undefined : textIn(record, 'promptIdx');
  const parts = [name, digest && `vars ${digest}`, prompt && `prompt ${prompt}`].filter((part) => part !== undefined);
  return name === undefined && digest === undefined ? undefined : parts.join(', ');
}

const ASSERTION_FAILED = 1;

/** Success without an assertion is only that nothing was asserted. */
function outcomeOf(record: JsonObject): RunOutcome | undefined {
  const passed = record['success'] ?? record['pass'];
  if (typeof passed !== 'boolean') return undefined;
  const grading = objectIn(record, 'gradingResult');
  if (!passed) return isGraderError(grading) ? undefined : 'failure';
  const isAsserted = grading !== undefined && textIn(grading, 'reason') !== 'No assertions';
  const isEmpty = Array.isArray(grading?.['componentResults']) && listOf(grading['componentResults']).length === 0;
  return isAsserted && !isEmpty ? 'success' : undefined;
}

/** Whether nothing failed but those who judge: that an assertion could not be checked says nothing of the answer. */
function isGraderError(grading: JsonObject | undefined): boolean {
  if (grading === undefined) return false;
  const components = listOf(grading['componentResults']).filter(isObject);
  const failed = components.filter(({ pass }) => pass === false);
  return (failed.length > 0 ? failed : [grading]).every((one) => objectIn(one, 'metadata')?.['graderError'] === true);
}

/** The error of a result is often only which assertion failed. */
function errorOf(record: JsonObject): string | undefined {
  const ofResponse = textIn(objectIn(record, 'response'), 'error');
  if (ofResponse !== undefined) return failureOf(ofResponse);
  const text = textIn(record, 'error');
  const reason = decimalOf(record['failureReason']);
  if (reason === undefined)
    return text === undefined || isObject(record['gradingResult']) ? undefined : failureOf(text);
  return reason > ASSERTION_FAILED ? failureOf(text) : undefined;
}

function providerId(provider: unknown): string | undefined {
  return typeof provider === 'string' ? provider : textIn(isObject(provider) ? provider : undefined, 'id');
}

/** What stands in place of content that promptfoo was told to leave out. */
const STRIPPED: ReadonlySet<unknown> = new Set(['[output stripped]', '[prompt stripped]']);

/** Cells of a table have the output as text, in which a failed assertion is told first. */
function answerOf(record: JsonObject, response: JsonObject | undefined): Answer | undefined {
  const output = response === undefined ? record['text'] : response['output'];
  const isTold = response === undefined && typeof output === 'string' && /^\[(?:FAIL|ERROR)\]/.test(output);
  return STRIPPED.has(output) || isTold ? undefined : recordedAnswer(output);
}

function promptOf(prompt: unknown): string | undefined {
  const text = typeof prompt === 'string' ? prompt : textIn(isObject(prompt) ? prompt : undefined, 'raw');
  return STRIPPED.has(text) ? undefined : text;
}

function finishOf(response: JsonObject | undefined): readonly string[] | undefined {
  const reason = textIn(response, 'finishReason');
  return reason === undefined ? undefined : [reason];
}

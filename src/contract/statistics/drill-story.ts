import { shortAnswer } from '../drill-answer.ts';
import { repetitionsOf } from '../drill-attempts.ts';
import type { DrillRun } from '../drill-run.ts';
import { showName } from '../name-counts.ts';
import { quantity } from '../quantity.ts';
import { formatMeasurement } from '../units.ts';
import { visible } from '../visible-text.ts';
import type { JudgedRun } from './drill-cells.ts';

/** `stream-stall (half) in scenario summarize: hung after 3 attempts (2 repeated by the client) and 60,000 ms; the user saw nothing`. */
export function describeDrill({ run, verdict }: JudgedRun): string {
  const details = [run.form, run.schedule].flatMap((detail) => (detail === undefined ? [] : showName(detail)));
  const fault = `${showName(run.fault)}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
  const place = `${fault} in scenario ${showName(run.scenario)}`;
  const took = formatMeasurement({ value: run.durationMs, unit: 'ms' });
  const attempts = `${quantity(run.attemptCount, 'attempt')}${describeRepetitions(run)}`;
  return `${place}: ${verdict ?? 'cannot be told'} after ${attempts} and ${took}; ${describeAnswer(run)}${describeHarm(run)}`;
}

function describeRepetitions(run: DrillRun): string {
  const { sdk, application } = repetitionsOf(run);
  const counts = [
    ...(sdk === 0 ? [] : [`${sdk} repeated by the client library`]),
    ...(application === 0 ? [] : [`${application} repeated by the application`]),
  ];
  return counts.length === 0 ? '' : ` (${counts.join(', ')})`;
}

function describeAnswer(run: DrillRun): string {
  const answer = shortAnswer(run);
  return `the user would have seen ${answer === undefined ? 'nothing' : JSON.stringify(visible(answer))}`;
}

function describeHarm(run: DrillRun): string {
  const { writesAfterFault, repeatedWrites = 0, unaskedWrites = 0, showsBrokenWords, leaksKey } = run;
  const writes =
    writesAfterFault === 0 ? '' : `; ${quantity(writesAfterFault, 'write')} on an answer that met the fault`;
  const again =
    repeatedWrites === 0 ? '' : `; ${quantity(repeatedWrites, 'write')} carried out again for the same call`;
  const unasked = unaskedWrites === 0 ? '' : `; ${quantity(unaskedWrites, 'write')} that no answer had asked for`;
  const words = showsBrokenWords === true ? '; it holds words of an answer that met the fault' : '';
  return `${writes}${again}${unasked}${words}${leaksKey ? '; a provider key is in the output' : ''}`;
}

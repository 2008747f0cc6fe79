import { Bench } from 'tinybench';
import { createAnnotator } from '../../annotate/annotate-run.ts';
import { listPrices } from '../../annotate/price-list.ts';
import { MEASURES } from '../../cli/catalogue.ts';
import { createReducer } from '../../engine/reduce.ts';
import { createRedactor } from '../../observe/redaction.ts';
import { aPlan, aRun, aToolCall } from '../testing/builders.ts';

/** What is done once per run or text of a recording: operations a second, for comparing one change with the next. */
export async function hotPathRates(): Promise<string[]> {
  const plan = aPlan();
  const run = aRun({ steps: [...aRun().steps, aToolCall()] });
  const reducer = createReducer(MEASURES, plan);
  const redact = createRedactor(new Uint8Array(32));
  const { lookup } = await listPrices(plan.evaluatedAt);
  const annotate = createAnnotator(plan, lookup);
  const observed = { ...run, attributes: { 'aigate.case': 'summarize' }, steps: [aToolCall()] };
  const clean = 'The customer asked about a refund for an order that was late. '.repeat(8);
  const bench = new Bench({ time: 300 })
    .add('reduce one run by all measures', () => reducer.add(run))
    .add('annotate one run', () => annotate(observed))
    .add('redact 500 characters without a find', () => redact(clean))
    .add('redact 500 characters with an address', () => redact(`${clean} mail: a.person@example.com`));
  await bench.run();
  return bench.tasks.map(({ name, result }) => {
    const rate =
      'throughput' in result ? `${Math.round(result.throughput.mean).toLocaleString('en')} a second` : result.state;
    return `${name}: ${rate}`;
  });
}

// npm run experiment:coverage -- FILE…: how often the cost forecast holds on traces of production services.
// FILE is CSV with a header or JSON lines, plain or gzip, with the input and output lengths of model calls.
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../bench/random.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { groupRuns } from './group-runs.ts';
import { readLengths } from './read-calls.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    input: { type: 'string' },
    output: { type: 'string' },
    run: { type: 'string' },
    sizes: { type: 'string', default: '30,100,300' },
    repetitions: { type: 'string', default: '4000' },
    resamples: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    'usd-per-mtok': { type: 'string', default: '3,15' },
    cache: { type: 'string' },
  },
});

const HEAD =
  '    size  interval 90 %  bootstrap 90 %: of runs, of calls  median error  95 % bound missed: plain, guarded  bound/truth';

async function experiment(path: string): Promise<void> {
  const [input = 3, output = 15] = values['usd-per-mtok'].split(',').map(Number);
  const cacheRead = values.cache === undefined ? undefined : Number(values.cache) * 1_000;
  const calls = await readLengths(path, { input: values.input, output: values.output, run: values.run });
  const { runs, joinedBy } = groupRuns(calls, { input: input * 1_000, output: output * 1_000, cacheRead });
  console.log(`${basename(path)}: ${calls.length} calls, ${runs.length} runs (calls joined by ${joinedBy})\n${HEAD}`);
  const random = seededRandom(Number(values.seed));
  const [repetitions, resamples] = [Number(values.repetitions), Number(values.resamples)];
  for (const size of values.sizes.split(',').map(Number)) {
    console.log(lineOf(coverageOf(runs, { size, repetitions, resamples, random })));
  }
}

function lineOf(coverage: Coverage): string {
  const { size, interval, bootstrap, callBootstrap, medianError, plainMissed, guardedMissed, boundOverTruth } =
    coverage;
  const percent = (share: number, width: number) => `${(100 * share).toFixed(1)} %`.padStart(width);
  return [
    String(size).padStart(8),
    percent(interval, 15),
    `${percent(bootstrap, 20)},${callBootstrap === undefined ? '—'.padStart(10) : percent(callBootstrap, 10)}`,
    percent(medianError, 14),
    `${percent(plainMissed, 26)}, ${percent(guardedMissed, 7)}`,
    boundOverTruth.toFixed(2).padStart(13),
  ].join('');
}

if (positionals.length === 0) {
  console.error('usage: npm run experiment:coverage -- FILE… [--run COLUMN] [--sizes 30,100,300] [--cache USD]');
  process.exitCode = 2;
} else for (const path of positionals) await experiment(path);

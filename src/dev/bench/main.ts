// npm run bench [-- --spans N]: every speed claim as a ratio to a yardstick of the same run.
import { parseArgs } from 'node:util';
import { hotPathRates } from './hot-paths.ts';
import { largeRecordingRatios } from './large-recording.ts';
import { startUpRatios } from './start-up.ts';

const { values } = parseArgs({ options: { spans: { type: 'string', default: '1000000' } } });
const spans = Number(values.spans);
for (const rate of await hotPathRates()) console.log(rate);
const ratios = [...(await startUpRatios()), ...(await largeRecordingRatios(spans))];
for (const { what, ratio, bound, detail } of ratios) {
  const verdict = ratio <= bound ? 'within' : 'OVER';
  console.log(`${ratio.toFixed(2)} of at most ${bound}  ${verdict}  ${what} (${detail})`);
}
process.exitCode = ratios.some(({ ratio, bound }) => ratio > bound) ? 1 : 0;

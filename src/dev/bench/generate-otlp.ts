import { parseArgs } from 'node:util';
import { writeRecording } from './write-recording.ts';

const { values } = parseArgs({
  options: { spans: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const spans = Number(values.spans);
const seed = Number(values.seed);
if (!Number.isSafeInteger(spans) || spans < 1 || !Number.isSafeInteger(seed) || values.out === undefined) {
  process.stderr.write('usage: tsx src/dev/bench/generate-otlp.ts --spans N --out FILE [--seed S]\n');
  process.exitCode = 2;
} else {
  writeRecording(values.out, spans, { seed });
}

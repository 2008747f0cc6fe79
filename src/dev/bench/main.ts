// npm run bench [-- --spans N]: every speed claim as a ratio to a yardstick of the same run.
// npm run bench -- --spans N --out FILE: only writes the recording that a ratio is about.
import { parseArgs } from 'node:util';
import { drillRatio } from './drill-ratio.ts';
import { hotPathRates } from './hot-paths.ts';
import { importerRatios } from './importer-ratios.ts';
import { largeRecordingRatios } from './large-recording.ts';
import { promptRatios } from './prompt-cases.ts';
import { proxyRatios } from './proxy-ratios.ts';
import { scanRatio } from './scan-ratio.ts';
import { startUpRatios } from './start-up.ts';
import { toolPolicyRatios } from './tool-policy-ratios.ts';
import { writeRecording } from './write-recording.ts';

const { values } = parseArgs({ options: { spans: { type: 'string', default: '1000000' }, out: { type: 'string' } } });
const spans = Number(values.spans);

async function measure(): Promise<void> {
  for (const rate of await hotPathRates()) console.log(rate);
  const ratios = [
    ...(await startUpRatios()),
    ...(await largeRecordingRatios(spans)),
    ...(await importerRatios()),
    await scanRatio(),
    ...(await toolPolicyRatios()),
    ...(await promptRatios()),
    await drillRatio(),
    ...(await proxyRatios()),
  ];
  for (const { what, ratio, bound, detail } of ratios) {
    const verdict = ratio <= bound ? 'within' : 'OVER';
    console.log(`${ratio.toFixed(2)} of at most ${bound}  ${verdict}  ${what} (${detail})`);
  }
  process.exitCode = ratios.some(({ ratio, bound }) => ratio > bound) ? 1 : 0;
}

if (!Number.isSafeInteger(spans) || spans < 1) {
  console.error('--spans takes a number from 1');
  process.exitCode = 2;
} else if (values.out === undefined) await measure();
else writeRecording(values.out, spans);

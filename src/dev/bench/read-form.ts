import { readBare } from './bare-reader.ts';
import type { SyntheticForm } from './forms/synthetic-form.ts';
import { observeFile } from './observe-file.ts';
import { reportUsage } from './report-usage.ts';

// Both readers of one recording (first argument) of a layout (second) in one process, after they have read a small one
// (third) of the same form: what is compared is reading, not starting. Needs --expose-gc: neither pays for the other.
const LAYOUTS: readonly SyntheticForm['layout'][] = ['lines', 'document', 'archive'];
const WARM_UPS = 5;
const ROUNDS = 3;
const [, , file = '', name = '', small = ''] = process.argv;
const layout = LAYOUTS.find((known) => known === name);
if (layout === undefined) throw new Error(`no layout is called ${name}`);

async function cpuMsOf(read: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  await read();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3;
}

for (let warmUp = 0; warmUp < WARM_UPS; warmUp++) {
  await readBare(small, layout);
  await observeFile(small);
}
let [bareMs, observedMs] = [Infinity, Infinity];
for (let round = 0; round < ROUNDS; round++) {
  bareMs = Math.min(bareMs, await cpuMsOf(() => readBare(file, layout)));
  observedMs = Math.min(observedMs, await cpuMsOf(() => observeFile(file)));
}
const { runs, steps } = await observeFile(file);
reportUsage({ bareMs, observedMs, runs, steps });

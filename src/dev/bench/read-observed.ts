import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { observeRecordings } from '../../observe/recordings.ts';
import { createRedactor } from '../../observe/redaction.ts';
import { reportUsage } from './report-usage.ts';

const file = process.argv[2] ?? '';
let steps = 0;
let runs = 0;
const [population] = await observeRecordings(
  {
    root: dirname(file),
    sources: [{ recording: basename(file), origin: 'production', window: undefined, sampling: 'none' }],
    selectKeys: ['aigate.case'],
    signals: ['error.type', 'gen_ai.evaluation.result'],
    assess: (text) => (text.includes('refund') ? '1' : '0'),
    redact: createRedactor(new Uint8Array(32)),
    spillRoot: tmpdir(),
  },
  (run) => {
    runs += 1;
    steps += run.steps.length;
  },
);
reportUsage({ runs, steps, lines: population?.lines ?? 0, spans: population?.spans ?? 0 });

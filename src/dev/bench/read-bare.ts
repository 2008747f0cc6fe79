import { readBareLines } from './bare-lines.ts';
import { reportUsage } from './report-usage.ts';

reportUsage({ lines: readBareLines(process.argv[2] ?? '') });

import { observeFile } from './observe-file.ts';
import { reportUsage } from './report-usage.ts';

/** One reading of a recording in a process of its own, for its peak memory. */
const { runs, steps } = await observeFile(process.argv[2] ?? '');
reportUsage({ runs, steps });

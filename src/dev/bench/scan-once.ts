import { scanCode } from '../../inspect/scan/scan-code.ts';
import { matchingFiles } from '../../manifest/matching-files.ts';
import { reportUsage } from './report-usage.ts';

/** What `aigate init` does with the code of a repository (first argument): it is listed and scanned. */
const root = process.argv[2] ?? '';
const { files } = await matchingFiles(root, '**');
const { counts } = await scanCode({ root, paths: files });
reportUsage({ files: files.length, findings: Object.values(counts).reduce((sum, count) => sum + count, 0) });

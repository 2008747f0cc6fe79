// npm run gen [-- --check]: writes every generated file, or with --check fails naming the stale ones.
import { generate, stalePaths, writeOutputs } from './generate/outputs.ts';
import { REPOSITORY } from './repository.ts';

const outputs = await generate(REPOSITORY);
if (process.argv.includes('--check')) {
  const stale = await stalePaths(REPOSITORY, outputs);
  for (const path of stale) console.error(`${path} is stale: run npm run gen`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  const written = await writeOutputs(REPOSITORY, outputs);
  console.log(written.length > 0 ? `wrote ${written.join(', ')}` : `${outputs.size} generated files are up to date`);
}

// npm test: the guards, the build and the tests. The last line counts all of them: `N passed, N failed`.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { GUARDS, runGuards } from './guards.ts';
import { REPOSITORY } from './repository.ts';
import { countTests, type TestCounts } from './test-counts.ts';

const BUILD = { name: 'build', command: ['tsx', 'src/dev/build.ts'] } as const;

async function runTests(): Promise<TestCounts> {
  const folder = await mkdtemp(join(tmpdir(), 'aigate-test-'));
  const json = join(folder, 'results.json');
  const args = ['run', '--config', '.config/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const { exitCode } = await execa('vitest', [...args, `--outputFile.json=${json}`], {
    cwd: REPOSITORY,
    preferLocal: true,
    localDir: REPOSITORY,
    reject: false,
    stdio: 'inherit',
  });
  const report = await readFile(json, 'utf8').catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
  return countTests(report, exitCode);
}

const failedGuards = await runGuards(GUARDS, console.log);
// The tests start the built program, so nothing may run beside the build.
const failedBuilds = await runGuards([BUILD], console.log);
const tests = await runTests();
const failed = failedGuards + failedBuilds + tests.failed;
const passed = GUARDS.length + 1 - failedGuards - failedBuilds + tests.passed;
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);

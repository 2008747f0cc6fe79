import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { main } from '../../cli/main.ts';
import { REPOSITORY } from '../repository.ts';
import { reportUsage } from './report-usage.ts';

/** The product: the built `aigate check` (first argument) over one workload (second), bundle and report included. */
const [, , program = '', workload = ''] = process.argv;
const built = (await import(pathToFileURL(program).href)) as { main: typeof main };
const silence = () => new Writable({ write: (_chunk, _encoding, done) => done() });
const exitCode = await built.main({
  argv: ['check', workload, '--format', 'terminal'],
  cwd: process.cwd(),
  env: process.env,
  stdout: silence(),
  stderr: silence(),
  now: () => new Date('2026-11-12T00:00:00Z'),
  signal: new AbortController().signal,
  version: '0.0.0-bench',
  host: process,
  home: REPOSITORY,
});
reportUsage({ exitCode });

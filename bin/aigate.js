#!/usr/bin/env node
// Plain JavaScript that Node 12 can parse: an old Node must reach the message below. Keep it free of newer syntax.
import { readFileSync } from 'fs';
import { fileURLToPath } from 'url';

const REQUIRED = '^20.17.0 || >=22.9.0';
const version = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
const [major, minor] = process.versions.node.split('.').map(Number);

if (!isSupported()) {
  process.stderr.write(`aigate ${version} needs Node ${REQUIRED}; this is Node ${process.versions.node}\n`);
  process.exitCode = 2;
} else if (process.argv.length === 3 && /^(--version|-V)$/.test(process.argv[2])) {
  process.stdout.write(`${version}\n`);
} else {
  // Also what is thrown outside the promise: Node's own exit code 1 would mean that a gate failed.
  process.once('uncaughtException', crash);
  start().catch(crash);
}

function isSupported() {
  return major > 22 || (major === 22 && minor >= 9) || (major === 20 && minor >= 17);
}

async function start() {
  const interruption = new AbortController();
  // Every time: a second Ctrl-C must not end the process before it has ended the programs that it started.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interruption.abort());
  // A reader that has seen enough (aigate … | head) is no failure; the exit code stays the verdict's.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', leaveUnwritten);
  // Most runs end within half a second: code that is optimised sooner costs more than it saves. Long ones lose nothing.
  const { setFlagsFromString } = await import('v8');
  setFlagsFromString('--interrupt-budget=400000');
  // Only where it exists: loading the module for nothing is felt at every start.
  if (major >= 22) {
    const { enableCompileCache } = await import('module');
    if (enableCompileCache) enableCompileCache();
  }
  const { main } = await import('../dist/main.js');
  process.exitCode = await main({
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    signal: interruption.signal,
    version,
    host: process,
    home: fileURLToPath(new URL('..', import.meta.url)),
  });
}

function leaveUnwritten(error) {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`aigate: standard output cannot be written: ${error.code} [OUTPUT_UNWRITABLE]\n`);
  process.exit(2);
}

function crash(error) {
  process.stderr.write(`${(error && error.stack) || error}\n`);
  process.stderr.write(
    `aigate ${version} on Node ${process.versions.node} has a defect: please report it with the lines above\n`,
  );
  process.exit(70);
}

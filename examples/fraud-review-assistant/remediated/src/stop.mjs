/**
 * The stop that an operator has: `node src/stop.mjs stop`, and `node src/stop.mjs resume` to take it back. A file stands in
 * for the switch of your platform; what matters is that the assistant asks it before each model call and each tool.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SWITCH = new URL('../.stopped', import.meta.url);

export function isStopped() {
  return existsSync(SWITCH);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , order] = process.argv;
  if (order === 'stop') writeFileSync(SWITCH, '');
  else if (order === 'resume') rmSync(SWITCH, { force: true });
  else {
    console.error('expected stop or resume');
    process.exitCode = 2;
  }
}

import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import type { Host } from './host.ts';
import { sleep } from './sleep.ts';

const FIRST_LOOK_MS = 5;
const LONGEST_PAUSE_MS = 100;
/** What SIGKILL hits is gone within ms, except in the middle of a system call to a lost disk. */
const KILL_WITHIN_MS = 2_000;

/** A program and everything it started. */
export interface ProcessTree {
  /** Id of the program, which leads a process group of its own. */
  readonly pid: number;
  /** `NAME=value`, set in the program's environment alone: how processes that left the group are found. */
  readonly mark: string;
}

/**
 * Ends all processes of a tree: SIGTERM, and SIGKILL for what is still there after the grace. On Linux also processes
 * that left the group, found by the mark in their environment, unless they removed it; on macOS only those of the group.
 * On Windows `taskkill /T`.
 * @returns whether anything was still running
 */
export async function endProcessTree(tree: ProcessTree, host: Host, graceMs: number): Promise<boolean> {
  if (host.platform === 'win32') return endOnWindows(tree.pid);
  if (!(await signalTree(tree, host, 'SIGTERM'))) return false;
  if (await isGoneWithin(graceMs, () => isAlive(tree, host))) return true;
  // Again at each look: a process may have forked between the look and the signal.
  await isGoneWithin(KILL_WITHIN_MS, () => signalTree(tree, host, 'SIGKILL'));
  return true;
}

async function isGoneWithin(ms: number, isThere: () => Promise<boolean>): Promise<boolean> {
  const never = new AbortController().signal;
  let pauseMs = FIRST_LOOK_MS;
  for (let waitedMs = 0; waitedMs < ms; waitedMs += pauseMs) {
    if (!(await isThere())) return true;
    await sleep(pauseMs, never);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
  return !(await isThere());
}

async function isAlive(tree: ProcessTree, host: Host): Promise<boolean> {
  return hit(host, -tree.pid, 0) || (await markedProcesses(tree.mark)).length > 0;
}

async function signalTree(tree: ProcessTree, host: Host, signal: 'SIGTERM' | 'SIGKILL'): Promise<boolean> {
  const isGroupHit = hit(host, -tree.pid, signal);
  const strays = await markedProcesses(tree.mark);
  // Those of the group are among them; a second SIGTERM to one changes nothing.
  const hits = strays.map((pid) => hit(host, pid, signal));
  return isGroupHit || hits.includes(true);
}

function hit(host: Host, pid: number, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    host.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Ids of running processes whose first environment holds the mark. None where there is no /proc. */
async function markedProcesses(mark: string): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => []);
  const found: number[] = [];
  for (const name of names) {
    if (!/^[1-9]\d*$/.test(name)) continue;
    // Unreadable: of another user, or gone meanwhile. A process that has ended but was not waited for reads as empty.
    const variables = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (variables.split('\0').includes(mark)) found.push(Number(name));
  }
  return found;
}

function endOnWindows(pid: number): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true }, (error) => resolve(error === null));
  });
}

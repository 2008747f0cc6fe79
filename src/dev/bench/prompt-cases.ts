import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { REPOSITORY } from '../repository.ts';
import { cpuOf } from './cpu-of.ts';
import type { Ratio } from './start-up.ts';

const CASES = 1_000;
const MANY_CASES = 10_000;
const BOUND_MS = 3;
const BOUND_MIB = 200;
const ROUNDS = 3;

/** Larger than what is alive at any time, and small enough that garbage is not kept where memory is plenty. */
const HEAP_MIB = 100;

const LAUNCHER = join(REPOSITORY, 'bin/aigate.js');

/**
 * `aigate check` of prompts that a simulated provider answers at once, in the same process, at concurrency 20, with what
 * an answer must contain, latency and cost judged. CPU a case: against a check of one case. Needs a build. @throws Error without
 */
export async function promptRatios(): Promise<Ratio[]> {
  const dir = await mkdtemp(join(tmpdir(), 'aigate-bench-'));
  try {
    await writeFile(join(dir, 'provider.yaml'), PROVIDER);
    // First, because it sees whether the cases are judged at all.
    const mib = await peakOfCases(dir);
    const [one, all] = [await cpuOfCases(dir, 1), await cpuOfCases(dir, CASES)];
    const ms = (all - one) / (CASES - 1);
    return [
      {
        what: `a prompt case, in units of ${BOUND_MS} ms of CPU`,
        ratio: ms / BOUND_MS,
        bound: 1,
        detail: `${ms.toFixed(2)} ms a case over ${CASES} cases`,
      },
      {
        what: `peak memory of ${MANY_CASES} prompt cases, in units of ${BOUND_MIB} MiB`,
        ratio: mib / BOUND_MIB,
        bound: 1,
        detail: `${mib.toFixed(0)} MiB with a heap of at most ${HEAP_MIB} MiB`,
      },
    ];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function cpuOfCases(dir: string, cases: number): Promise<number> {
  await writeFile(join(dir, 'aigate.yaml'), manifestOf(cases));
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    least = Math.min(least, await cpuOf([process.execPath, LAUNCHER, 'check'], 1, dir));
  }
  return least;
}

const REPORT_PEAK =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS))';

async function peakOfCases(dir: string): Promise<number> {
  await writeFile(join(dir, 'aigate.yaml'), manifestOf(MANY_CASES));
  const node = [process.execPath, `--max-old-space-size=${HEAP_MIB}`, '--import', REPORT_PEAK, LAUNCHER, 'check'];
  // Linux begins the peak of a process with that of whoever started it.
  const { stderr, stdout } = await execa('sh', ['-c', '"$@"; exit $?', 'sh', ...node], { cwd: dir, stdin: 'ignore' });
  const peak = /\npeak (\d+)$/.exec(stderr)?.[1];
  if (peak === undefined || !stdout.includes('p95 latency')) throw new Error(`the cases were not judged: ${stderr}`);
  return Number(peak) / 1024;
}

const PROVIDER = `rules:
  - when: {}
    answer: { text: 'Risk: medium.' }
    usage: { input: 100, output: 20 }
`;

function manifestOf(runs: number): string {
  return `version: 1
workload: { name: bench, owner: bench, lane: experimental, autonomy: suggest, audience: systems }
models: { primary: { provider: openai, model: gpt-4.1 } }
traffic: { monthlyRuns: 1000 }
tools: none
live: { prompt: {}, upstream: { simulated: provider.yaml }, runs: ${runs}, concurrency: 20, timeout: 10s }
scenarios:
  - { id: a, share: 1, select: { aigate.case: a }, inputs: [a case], expect: [{ contains: 'Risk:' }] }
gates:
  cost: { monthly-cost: { usd: 100 } }
  reliability: { latency: 'p(95)<8000ms', response-quality: 'rate>=0.95' }
`;
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from '../../cli/catalogue.ts';
import { parseManifest } from '../../manifest/parse-manifest.ts';
import { digestRelease } from '../../manifest/release-digest.ts';
import { REPOSITORY } from '../repository.ts';
import { compile, measure } from './programs.ts';
import type { Usage } from './report-usage.ts';
import type { Ratio } from './start-up.ts';
import { writeRecording } from './write-recording.ts';

const CPU_BOUND = 2;
const ROUNDS = 3;
const PEAK_BOUND_MIB = 500;

/** A workload that fits the generated recording: all sixteen checks have something to judge. */
const MANIFEST = `version: 1
workload: { name: bench, owner: team, lane: production, autonomy: autonomous, artifacts: [prompts/**] }
models:
  primary: { provider: openai, model: gpt-4o-mini, cloud: aws, region: us-east-1, account: prod, gateway: none }
  fallback:
    - { provider: anthropic, model: claude-sonnet-4-5, cloud: azure, region: eastus, account: prod-dr, gateway: none }
    - { provider: gcp.gemini, model: gemini-2.5-flash, cloud: gcp, region: eu, account: prod-dr, gateway: none }
timeouts: { model: 20s, tool: 10s, run: 60s }
traffic: { monthlyRuns: { expected: 1000000, low: 900000, high: 1100000 } }
tools:
  get_case: { effect: read }
  search_policy: { effect: read }
  sql_query: { effect: read }
  create_case_note: { effect: write, approve: always }
sources: [{ recording: week.jsonl, origin: production, sampling: none }]
scenarios:
  - { id: summarize, share: 0.25, select: { aigate.case: summarize }, expect: [{ not-contains: 'Risk:' }] }
  - { id: escalate, share: 0.25, select: { aigate.case: escalate }, expect: [{ contains: the }] }
  - { id: refund, share: 0.25, select: { aigate.case: refund }, expect: [{ regex: 'refund|order' }] }
  - { id: triage, share: 0.25, select: { aigate.case: triage }, expect: [{ tool-called: get_case }] }
gates:
  cost: { monthly-cost: { usd: 100000 } }
  reliability: { latency: 'p(95)<8000ms', availability: 'rate>=0.9', response-quality: 'rate>=0.95' }
evidence:
  riskOwner: head-of-risk
  monitors: [{ name: token use, signal: gen_ai.usage.input_tokens, alert: doubled }]
`;

/**
 * CPU of the whole check of a recording of `spans` spans against a bare line splitter with JSON.parse over the same
 * file, and its peak memory: minimum of interleaved rounds, largest peak. Reading, hashing, redaction, assembly, prices,
 * all checks, bundle and report are inside. @throws Error when the check did not come to a verdict
 */
export async function largeRecordingRatios(spans: number): Promise<Ratio[]> {
  const dir = await mkdtemp(join(tmpdir(), 'aigate-bench-'));
  try {
    await mkdir(join(dir, 'prompts'));
    await writeFile(join(dir, 'prompts/system.md'), 'Answer politely.\n');
    await writeFile(join(dir, 'aigate.yaml'), MANIFEST);
    const manifest = parseManifest({ path: 'aigate.yaml', text: MANIFEST, sha256: '' }, CHECKS);
    const recording = join(dir, 'week.jsonl');
    writeRecording(recording, spans, { artifactsDigest: (await digestRelease(dir, manifest)).artifactsDigest });
    const programs = {
      bare: await compile(new URL('./read-bare.ts', import.meta.url), dir),
      checked: await compile(new URL('./read-checked.ts', import.meta.url), dir),
    };
    const bare: Usage[] = [];
    const checked: Usage[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await measure(programs.bare, [recording]));
      checked.push(await measure(programs.checked, [join(REPOSITORY, 'dist/main.js'), dir]));
    }
    const judged = checked.every(({ did }) => did['exitCode'] === 1);
    if (!judged) throw new Error('the check of the generated recording did not come to its verdict');
    const [bareSeconds, checkedSeconds] = [bare, checked].map((rounds) =>
      Math.min(...rounds.map(({ cpuSeconds }) => cpuSeconds)),
    ) as [number, number];
    const peakMib = Math.max(...checked.map((round) => round.peakMib));
    return [
      {
        what: `aigate check of ${spans} spans, hashing and redaction inside`,
        ratio: checkedSeconds / bareSeconds,
        bound: CPU_BOUND,
        detail: `${checkedSeconds.toFixed(1)} s against ${bareSeconds.toFixed(1)} s of CPU for splitter and JSON.parse`,
      },
      {
        what: 'its peak memory, in units of 500 MiB',
        ratio: peakMib / PEAK_BOUND_MIB,
        bound: 1,
        detail: `${peakMib.toFixed(0)} MiB`,
      },
    ];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

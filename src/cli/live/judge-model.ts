import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { Calibration, JudgePlan, Verdict } from '../../contract/judge.ts';
import { DRILL_KIND_OF, type LivePlan } from '../../contract/live.ts';
import { askModel, packagesOf } from '../../observe/drive/prompt-source.ts';
import { DUMMY_KEY } from '../../observe/proxy/proxy-environment.ts';
import type { Proxy as ModelProxy } from '../../observe/proxy/start-proxy.ts';
import { readText } from '../read-text.ts';
import { judgeMessages, verdictIn } from './judge-messages.ts';
import { type LabelledItem, readLabelledItems } from './labelled-items.ts';
import type { LiveGuard } from './live-budget.ts';
import type { LiveJob } from './live-jobs.ts';
import { notStarted } from './run-jobs.ts';

/** What a judge is asked with. */
export interface JudgeContext {
  readonly proxy: ModelProxy;
  readonly guard: LiveGuard;
  readonly now: () => number;
  /** Folder of the manifest, absolute. */
  readonly root: string;
}

/** What is held against a rule. */
export type Judged = Pick<LabelledItem, 'rule' | 'input' | 'answer'>;

/** A model that judges answers by rules in words. */
export interface Judge {
  /** Undefined: it said neither. `unasked`: the budget has no room for it, or its provider gave no answer. */
  judge(item: Judged): Promise<Verdict | 'unasked' | undefined>;
  /** Puts every labelled item to it. */
  calibrate(): Promise<Calibration>;
}

/** Enough for one word, also after a short thought. */
const MAX_TOKENS = 256;

/** @throws AigateError when its package is not installed, or the labelled items cannot be read */
export async function openJudge(
  spec: JudgePlan,
  { concurrency, timeoutMs, upstream }: LivePlan,
  { proxy, guard, now, root }: JudgeContext,
): Promise<Judge> {
  const load = packagesOf(root);
  const { sdk, provider, model } = spec;
  if ((await load(sdk)) === undefined) throw notStarted(`${sdk} is not installed: npm install ${sdk}`);
  const file = await readText(root, spec.calibration);
  const labelled = readLabelledItems(file.text, spec.calibration);
  const limit = pLimit(concurrency);
  let asked = 0;

  const judge: Judge['judge'] = (item) =>
    limit(async () => {
      const job = jobOf(asked++);
      if (!(await guard.admit(job))) return 'unasked';
      const startMs = now();
      const run = proxy.openRun(job.id);
      const baseUrl = `${proxy.url}/r/${job.id}/${encodeURIComponent(provider)}`;
      const messages = judgeMessages(item);
      const fixed = { sdk, model, apiKey: DUMMY_KEY, tools: [], isStream: false, maxTokens: MAX_TOKENS, timeoutMs };
      const { text, error } = await askModel({ ...fixed, baseUrl, messages }, { load, signal: guard.signal, now });
      await run.end();
      const isWhole = guard.release(job, { exchanges: [], durationMs: now() - startMs });
      // A provider in trouble says nothing about the judge.
      return isWhole && error === undefined ? verdictIn(text) : 'unasked';
    });

  return {
    judge,
    calibrate: async () => {
      const verdicts = await Promise.all(labelled.map(judge));
      const items = labelled.flatMap(({ line, label }, i) => {
        const verdict = verdicts[i];
        return verdict === 'unasked' ? [] : [{ line, label, verdict }];
      });
      return {
        kind: DRILL_KIND_OF[upstream.type],
        provider,
        model,
        path: spec.calibration,
        sha256: file.sha256,
        items: items.map((item, i) => ({ ref: { artifact: 'calibration', line: 1, pointer: `/items/${i}` }, ...item })),
        leftOut: labelled.length - items.length,
      };
    },
  };
}

function jobOf(index: number): LiveJob {
  const id = createHash('sha256').update(`judge\n${index}`).digest('hex').slice(0, 32);
  return { id, scenario: '', input: '', drill: undefined };
}

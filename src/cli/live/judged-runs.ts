import type { Plan } from '../../contract/plan.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Judge } from './judge-model.ts';

/** Runs of cases with rules in words wait for the judge, who is asked when nothing else runs. */
export interface JudgedRuns {
  /** `true`: the run waits. `false`: there is nothing to judge in it. */
  take(run: LiveRun): boolean;
  /** Asks the judge about every run that waits. */
  judged(judge: Judge | undefined): Promise<readonly LiveRun[]>;
}

export function createJudgedRuns({ userHarm }: Pick<Plan, 'userHarm'>): JudgedRuns {
  const waiting: LiveRun[] = [];
  const caseOf = ({ harm }: LiveRun) => userHarm?.cases.find(({ id }) => id === harm);
  const rulesOf = (run: LiveRun) =>
    (caseOf(run)?.expect ?? []).flatMap((of) => (of.type === 'llm-rubric' ? [of.rule] : []));
  const rubricsOf = async (run: LiveRun, answer: string, judge: Judge): Promise<string> => {
    const verdicts = await Promise.all(
      rulesOf(run).map((rule) => judge.judge({ rule, input: caseOf(run)?.input, answer })),
    );
    return verdicts.map((verdict) => (verdict === 'pass' ? '1' : verdict === 'fail' ? '0' : '?')).join('');
  };
  return {
    take: (run) => {
      if (rulesOf(run).length === 0) return false;
      waiting.push(run);
      return true;
    },
    judged: (judge) =>
      Promise.all(
        waiting.map(async (run) => {
          const { answer } = run;
          if (judge === undefined || answer === undefined) return run;
          return { ...run, rubrics: await rubricsOf(run, answer, judge) };
        }),
      ),
  };
}

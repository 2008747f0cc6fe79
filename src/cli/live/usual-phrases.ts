import type { Plan } from '../../contract/plan.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';

/** The phrases that stand for degraded and handed over, where ordinary answers say them too. */
export interface UsualPhrases {
  /** An ordinary run. */
  add(run: Pick<LiveRun, 'scenario' | 'answer'>): void;
  /** Whether every ordinary answer of the scenario says it, so that saying it means nothing. */
  isUsual(phrase: string, scenario: string): boolean;
}

export function createUsualPhrases({ drills }: Pick<Plan, 'drills'>): UsualPhrases {
  const phrases = [drills?.degraded, drills?.handedOff].filter((phrase) => phrase !== undefined);
  const unusual = new Map<string, Set<string>>();
  return {
    add({ scenario, answer }) {
      if (answer === undefined) return;
      const known = unusual.get(scenario) ?? new Set();
      unusual.set(scenario, known);
      for (const phrase of phrases) if (!answer.includes(phrase)) known.add(phrase);
    },
    isUsual: (phrase, scenario) => unusual.get(scenario)?.has(phrase) === false,
  };
}

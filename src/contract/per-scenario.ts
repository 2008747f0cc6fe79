import type { Scenario } from './plan.ts';
import type { Run } from './run.ts';

/** A value per declared scenario, in every state from the start, so that no run can invent a key. */
export type PerScenario<T> = Readonly<Record<string, T>>;

/** A new value for every declared scenario. */
export function perScenario<T>(scenarios: readonly Scenario[], make: (scenario: Scenario) => T): PerScenario<T> {
  return Object.fromEntries(scenarios.map((scenario) => [scenario.id, make(scenario)]));
}

/** The value of the one scenario that the run belongs to; undefined when it belongs to none or several. */
export function valueFor<T>(values: PerScenario<T>, { scenario }: Pick<Run, 'scenario'>): T | undefined {
  return scenario.match === 'one' && Object.hasOwn(values, scenario.id) ? values[scenario.id] : undefined;
}

/** Both of every scenario merged. `a` and `b` come from the same plan and have the same keys. */
export function mergePerScenario<T>(a: PerScenario<T>, b: PerScenario<T>, merge: (a: T, b: T) => T): PerScenario<T> {
  return Object.fromEntries(
    Object.entries(a).map(([id, value]) => {
      const other = b[id];
      return [id, other === undefined ? value : merge(value, other)];
    }),
  );
}

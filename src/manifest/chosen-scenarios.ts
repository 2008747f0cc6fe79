/** A scenario as far as it is chosen by. */
export interface KnownScenario {
  readonly id: string;
  readonly critical: boolean;
}

/** Ids of those that are drilled and probed where nobody names any: the critical ones, else the first. */
export function chosenScenarios(scenarios: readonly KnownScenario[]): readonly string[] {
  const critical = scenarios.filter((scenario) => scenario.critical);
  return (critical.length > 0 ? critical : scenarios.slice(0, 1)).map(({ id }) => id);
}

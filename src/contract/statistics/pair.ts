/** The same measured in two independent samples of one stratum, such as a scenario under two releases or two models. */
export interface Pair<T> {
  /** Share of the stratum, 0–1; the weights of all sum to 1. */
  readonly weight: number;
  readonly before: T;
  readonly after: T;
}

/** The same said of both sides. */
export function mapPair<T, U>({ weight, before, after }: Pair<T>, say: (of: T) => U): Pair<U> {
  return { weight, before: say(before), after: say(after) };
}

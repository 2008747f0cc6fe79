/** What driving needs of the process it runs in; the process object itself fits. */
export interface Host {
  readonly platform: string;
  /** Names without a value are not set. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A negative id means the process group. @throws when there is no such process, or it may not be signalled */
  kill(pid: number, signal: 'SIGTERM' | 'SIGKILL' | 0): unknown;
}

/** What every driver is given. */
export interface DriveContext {
  readonly host: Host;
  /** Ends what is running, with all its processes, and lets the call return. */
  readonly signal: AbortSignal;
  /**
   * ms on a clock that never goes back, the same one for all parts of a run, so that times can be compared; for times of
   * day `performance.timeOrigin + performance.now()`.
   */
  readonly now: () => number;
}

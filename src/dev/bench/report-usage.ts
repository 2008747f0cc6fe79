/** What a measured program cost: CPU of all its threads, and its largest resident set. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMib: number;
  /** What it did, so that two programs can be seen to have read the same. */
  readonly did: Readonly<Record<string, number>>;
}

/** Prints the cost of this process so far as one line of JSON: the last act of a measured program. */
export function reportUsage(did: Usage['did']): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage: Usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMib: maxRSS / 1024, did };
  process.stdout.write(`${JSON.stringify(usage)}\n`);
}

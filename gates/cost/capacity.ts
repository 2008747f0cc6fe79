import type { ContractTerms, Pricing } from '../../src/contract/prices.ts';
import type { ModelCall } from '../../src/contract/run.ts';

/** Hours of a month of 30.4375 days. */
const HOURS_PER_MONTH = 24 * 30.4375;

/** Throughput that is paid for by the month, in units as they are bought or in replicas of own machines. */
export interface Capacity {
  readonly unit: 'unit' | 'replica';
  readonly usdPerUnitMonth: number;
  /** Units that are paid for whatever is used. */
  readonly least: number;
  /** Units that there are at most; Infinity: as many as the peak needs. */
  readonly most: number;
  /** Seconds that a token keeps a unit busy. */
  readonly secondsPerInputToken: number;
  readonly secondsPerOutputToken: number;
}

/** The capacity that a contract buys; undefined when its calls have a price of their own. */
export function capacityOf(terms: ContractTerms | undefined): Capacity | undefined {
  switch (terms?.kind) {
    case 'provisioned': {
      const secondsPerInputToken = 60 / terms.inputTokensPerMinute;
      return {
        unit: 'unit',
        usdPerUnitMonth: terms.usdPerUnitMonth,
        least: terms.units,
        most: terms.units,
        secondsPerInputToken,
        secondsPerOutputToken: terms.outputWeight * secondsPerInputToken,
      };
    }
    case 'gpus':
      return {
        unit: 'replica',
        usdPerUnitMonth: terms.gpus * terms.usdPerGpuHour * HOURS_PER_MONTH,
        least: terms.minReplicas,
        most: Number.POSITIVE_INFINITY,
        secondsPerInputToken: 1 / (terms.inputTokensPerSecond * terms.utilisation),
        secondsPerOutputToken: 1 / (terms.outputTokensPerSecond * terms.utilisation),
      };
    case 'discount':
    case 'rates':
    case undefined:
      return undefined;
  }
}

/** Whether a call is paid for by capacity, whatever it uses. */
export function isPaidByCapacity({ contract }: Pick<ModelCall, 'contract'>, { contracts }: Pricing): boolean {
  if (contract === undefined) return false;
  const kind = contracts[contract]?.terms.kind;
  return kind === 'provisioned' || kind === 'gpus';
}

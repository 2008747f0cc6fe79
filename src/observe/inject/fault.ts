import type { InjectedFault } from '../proxy/injected-fault.ts';

/** One way in which a provider fails, as it looks on the wire. Pure: what a caller gets is a function of the healthy answer. */
export interface Fault extends InjectedFault {
  /** Number in the catalogue of faults, 1–40; several ids may be forms of one. */
  readonly number: number;
  /** What is sent. */
  readonly wire: string;
  /** What a workload that is ready does. */
  readonly expect: string;
}

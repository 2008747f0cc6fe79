import type { InjectedFault } from '../proxy/injected-fault.ts';

export type Apply = InjectedFault['apply'];

/** One way in which a fault looks on the wire. Pure: what a caller gets is a function of the healthy answer. */
export interface FaultForm extends Pick<InjectedFault, 'needsHealthy' | 'apply'> {
  /** Unique among the forms of its fault. */
  readonly name: string;
}

/** One way in which a provider fails. */
export interface Fault {
  readonly id: string;
  /** Number in the catalogue of faults, 1–40; several ids may be of one. */
  readonly number: number;
  /** What is sent. */
  readonly wire: string;
  /** What a workload that is ready does. */
  readonly expect: string;
  /** The runs of a drill take them in turn, so that a run is broken in one way from its first request to its last. */
  readonly forms: readonly [FaultForm, ...FaultForm[]];
}

/** @throws Error without a form: a fault that sends nothing is a mistake in the catalogue */
export function faultOf(facts: Omit<Fault, 'forms'>, [first, ...others]: readonly FaultForm[]): Fault {
  if (first === undefined) throw new Error(`the fault ${facts.id} has no form`);
  return { ...facts, forms: [first, ...others] };
}

/** Forms that look at nothing but the request, by name. */
export function blind(forms: Readonly<Record<string, Apply>>): readonly FaultForm[] {
  return Object.entries(forms).map(([name, apply]) => ({ name, needsHealthy: false, apply }));
}

/** Forms that spoil an answer, by name; a refusal of the provider stays as it is, since half of one is no fault. */
export function spoiling(forms: Readonly<Record<string, Apply>>): readonly FaultForm[] {
  return Object.entries(forms).map(([name, apply]) => ({
    name,
    needsHealthy: true,
    apply: (healthy, context) => (healthy.status < 300 ? apply(healthy, context) : undefined),
  }));
}

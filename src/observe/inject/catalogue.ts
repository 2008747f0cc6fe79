import type { Fault } from './fault.ts';
import { HTTP_FAULTS } from './http.ts';
import { NETWORK_FAULTS } from './network.ts';
import { SEMANTIC_FAULTS } from './semantic.ts';
import { STREAM_FAULTS } from './stream.ts';
import { TOOL_FAULTS } from './tools.ts';

/** Every fault of one request. Those of the pack `fallback` are made of them: see `injection.ts`. */
export const FAULTS: readonly Fault[] = [
  ...NETWORK_FAULTS,
  ...STREAM_FAULTS,
  ...HTTP_FAULTS,
  ...SEMANTIC_FAULTS,
  ...TOOL_FAULTS,
];

/** @throws Error when there is none of that id: manifests are checked against the same list before */
export function faultById(id: string): Fault {
  const fault = FAULTS.find((known) => known.id === id);
  if (fault === undefined) throw new Error(`no fault has the id ${id}`);
  return fault;
}

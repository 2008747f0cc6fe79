import type { ProbeKind } from '../../contract/probe.ts';
import type { Injection } from '../inject/injection.ts';
import type { ToolBehaviour } from '../proxy/tool-server.ts';

/** How one run is tempted to do what it must not. Of one run only: what its model has said already is kept in it. */
export interface Temptation {
  readonly kind: ProbeKind;
  /** The tool that is not to be called like that; undefined = any. */
  readonly tool: string | undefined;
  /** The argument that breaks its rule; undefined = it is not about one. */
  readonly arg: string | undefined;
  /** What its model is made to say. */
  readonly injection: Injection;
  readonly behaviour: ToolBehaviour;
  /** Variables that it is given beyond those of every run. */
  readonly env: Readonly<Record<string, string>>;
}

import type { Lane } from './gate.ts';

/** What may do what, in whose name. */
export interface Authority {
  readonly tool: string;
  readonly effect: string;
  readonly approval: string;
  /** Account the workload acts as; undefined = not declared. */
  readonly principal: string | undefined;
  /** Line of its declaration in the manifest. */
  readonly line: number;
}

export type NodeKind = 'people' | 'workload' | 'gateway' | 'model' | 'dependency' | 'knowledge' | 'tools';

/** A part of the architecture. Nodes of one zone trust each other; what crosses to another zone crosses a boundary. */
export interface ViewNode {
  /** Unique, such as `model/0`. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** Who runs it and where, such as `anthropic on aws us-east-1, account prod`. */
  readonly zone: string;
  readonly details: readonly string[];
}

export interface ViewEdge {
  readonly from: string;
  readonly to: string;
  /** What flows along it, such as `prompts and answers`. */
  readonly carries: string;
  /** Whether it leaves the zone of its start. */
  readonly isBoundary: boolean;
  /** Only when another fails. */
  readonly isFallback: boolean;
}

/** Something whose loss stops the workload, or may stop it as far as is declared. */
export interface ViewSinglePoint {
  readonly subject: string;
  readonly reason: string;
  readonly isCertain: boolean;
  readonly line: number;
}

/** What the declarations leave open, and what would answer it. */
export interface OpenQuestion {
  readonly question: string;
  readonly answer: string;
  /** Line of the manifest nearest to where the answer belongs. */
  readonly line: number;
}

/** The architecture as declared and as found in the code, without a run. */
export interface ArchitectureView {
  readonly schemaVersion: 1;
  readonly manifest: string;
  readonly workload: {
    readonly name: string;
    readonly owner: string;
    readonly lane: Lane;
    readonly autonomy: string;
  };
  /** `none`: declared to have no tools. Undefined: nothing declared. */
  readonly authority: readonly Authority[] | 'none' | undefined;
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
  readonly singlePoints: readonly ViewSinglePoint[];
  readonly questions: readonly OpenQuestion[];
}

import type { EvidenceKind, EvidenceRef } from './evidence.ts';

/** The packages through which a model can be asked. */
export const PROMPT_SDKS = ['openai', '@anthropic-ai/sdk'] as const;

/** A model that judges answers by rules in words. */
export interface JudgePlan {
  /** As under `models`, or another that the upstream answers for. */
  readonly provider: string;
  readonly model: string;
  readonly sdk: (typeof PROMPT_SDKS)[number];
  /** Path of the labelled items that it is calibrated on, relative to the manifest. */
  readonly calibration: string;
}

/** What people, or a judge, say about an answer and a rule. */
export const VERDICTS = ['pass', 'fail'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One answer that people have labelled, and what the judge said about it. */
export interface CalibrationItem {
  readonly ref: EvidenceRef;
  /** Line in the file of labelled items, from 1. */
  readonly line: number;
  readonly label: Verdict;
  /** Undefined: it said neither. */
  readonly verdict: Verdict | undefined;
}

/** How a judge does on labelled items. */
export interface Calibration {
  readonly kind: Extract<EvidenceKind, 'simulated' | 'replayed' | 'live'>;
  readonly provider: string;
  readonly model: string;
  /** The file of labelled items, and its digest. */
  readonly path: string;
  readonly sha256: string;
  readonly items: readonly CalibrationItem[];
  /** Items without a verdict, because the budget was used up or the provider gave no answer. */
  readonly leftOut: number;
}

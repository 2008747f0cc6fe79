import type { DrillClass } from '../../src/contract/drill.ts';

/** The process goes on: with the answer, with less of it, or with a person. */
export const GOES_ON: readonly DrillClass[] = ['recovered', 'switched', 'degraded', 'handed-off'];

/** It goes on, or stops and says so. */
export const GOES_ON_OR_STOPS: readonly DrillClass[] = [...GOES_ON, 'failed-safe'];

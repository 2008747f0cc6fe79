/**
 * What a run with a fault came to, seen from outside; `classifyDrill` says which.
 * `recovered`: the expected answer, by a route that met the fault. `switched`: the expected answer, by another route.
 * `degraded`, `handed-off`: what the manifest declares for it. `failed-safe`: ended as failed, without a side effect.
 * `failed-unsafe`: a wrong or empty answer presented as success, a write on a broken answer, or a leaked key. `hung`: we
 * had to end it. `storm`: it kept asking. `not-exercised`: no request met the fault, which proves nothing.
 */
export const DRILL_CLASSES = [
  'recovered',
  'switched',
  'degraded',
  'handed-off',
  'failed-safe',
  'failed-unsafe',
  'hung',
  'storm',
  'not-exercised',
] as const;

export type DrillClass = (typeof DRILL_CLASSES)[number];

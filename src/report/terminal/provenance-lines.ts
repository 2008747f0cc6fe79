import { quantity } from '../../contract/quantity.ts';
import type { RunResult } from '../../contract/result.ts';
import { kindsLine, policyLine, populationLine, sourceLine } from '../provenance.ts';
import { entry, type Screen, section } from './screen.ts';

/** What the verdict rests on: runs, kinds of evidence, whose limits, and what was only declared. */
export function provenanceLines(result: RunResult, screen: Screen): string[] {
  const { population, plan } = result;
  const scenarios = Object.entries(population.runsByScenario).map(([id, runs]) => `${id} ${quantity(runs, 'run')}`);
  const lines = [
    ...entry('Runs', populationLine(result), screen),
    ...entry('Scenarios', scenarios.join(', ') || 'none declared', screen),
    ...population.sources.flatMap((source) => [
      ...entry('Recording', sourceLine(source), screen),
      ...source.problems.flatMap(({ line, message }) => entry(`Problem at line ${line}`, message, screen)),
      ...source.ignored.flatMap(({ scope, count }) => entry(`Ignored, ${quantity(count, 'span')}`, scope, screen)),
    ]),
    ...entry('Evidence kinds', kindsLine(result), screen),
    ...entry('Policy', policyLine(plan), screen),
    ...(plan.declaredOnly.length === 0
      ? []
      : entry('Declared, judged by no check', plan.declaredOnly.join(', '), screen)),
  ];
  return section('What this rests on', [lines], screen);
}

import { describe, expect, it } from 'vitest';
import { aPopulation, aSourcePopulation } from '../dev/testing/builders.ts';
import { aResult } from '../dev/testing/results.ts';
import { populationLine, sourceLine } from './provenance.ts';

describe('what a report rests on', () => {
  it('counts runs under load and of user harm apart from those of the scenarios', () => {
    const result = aResult();
    const population = aPopulation({ runs: 160, loadRuns: 180, harmRuns: 1 });
    const line = populationLine({ ...result, population });
    expect(line).toContain('160 runs read');
    expect(line).toContain('; 180 runs under load counted apart; 1 run of cases of user harm counted apart');
    expect(populationLine({ ...result, population: aPopulation() })).not.toContain('apart');
  });

  it('says which runs were planned and not made', () => {
    const source = aSourcePopulation({ leftOut: { runs: 12, reason: 'stopped by the budget of 9 calls' } });
    expect(sourceLine(source)).toContain('12 runs not made (stopped by the budget of 9 calls)');
    expect(sourceLine(aSourcePopulation())).not.toContain('not made');
  });

  it('says of runs made here what answered their models, and whose spans could not be taken', () => {
    const live = { runs: 4, unanswered: [], unaskedScenarios: [], bypasses: [], unknownPaths: [] };
    expect(sourceLine(aSourcePopulation({ live: { ...live, refusedSpans: 4 } }))).toContain(
      'spans of 4 runs not taken: send OTLP over HTTP',
    );
    expect(sourceLine(aSourcePopulation({ live }))).not.toContain('not taken');
    const answeredFrom = { path: 'simulated/provider.yaml', sha256: 'ab'.repeat(32) };
    expect(sourceLine(aSourcePopulation({ live: { ...live, answeredFrom } }))).toContain(
      'answered from simulated/provider.yaml (sha256 abababababab)',
    );
  });
});

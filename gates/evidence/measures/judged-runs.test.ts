import { runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './judged-runs.ts';

testMeasure(measure, [{ name: 'seven runs', runs: runs(7), value: { runs: 7 } }]);

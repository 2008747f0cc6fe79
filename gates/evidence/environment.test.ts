import { expect, it } from 'vitest';
import { isNotProduction } from './environment.ts';

it.each([
  ['production', false],
  ['prod', false],
  ['eu-west-blue', false],
  ['latest', false],
  ['device-fleet', false],
  ['', false],
  ['staging', true],
  ['Test', true],
  ['eu-test-2', true],
  ['dev2', true],
  ['pre-prod', true],
  ['non_prod', true],
  ['synthetic', true],
])('of the environment %j it is certain that it is not production: %s', (name, expected) => {
  expect(isNotProduction(name)).toBe(expected);
});

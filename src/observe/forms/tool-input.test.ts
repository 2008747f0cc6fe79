import { describe, expect, it } from 'vitest';
import { argumentsIn, toolInput } from './tool-input.ts';

const ARGS = { to: 'eve', amount: 500 };

describe('what a tracer wrote of the arguments of a tool', () => {
  it.each<[string, unknown]>([
    ['as they are', ARGS],
    ['below kwargs', { args: [], kwargs: ARGS }],
    ['as the one object without a name', { args: [ARGS], kwargs: {} }],
    ['as a callback of LangChain saw them', { input_str: 'x', tags: [], inputs: ARGS, kwargs: { color: 'red' } }],
    ['as its text alone', { input_str: "{'to': 'eve', 'amount': 500}", tags: [] }],
    ['below input', { input: JSON.stringify(ARGS) }],
  ])('is read %s', (_, input) => {
    expect(toolInput(input, undefined).args).toEqual(ARGS);
    expect(JSON.parse(argumentsIn(JSON.stringify(input)) ?? '')).toEqual('input' in Object(input) ? input : ARGS);
  });

  it('is read from the repr of Python', () => {
    expect(JSON.parse(argumentsIn("{'to': 'eve', 'amount': 500}") ?? '')).toEqual(ARGS);
  });

  it('is not known where arguments stand without their names', () => {
    expect(argumentsIn(JSON.stringify({ args: ['eve', 500], kwargs: {} }))).toBeUndefined();
  });

  it.each([{ args: ['-l'], kwargs: 'x' }, { args: ['-l'] }, { kwargs: ARGS }, { args: [], kwargs: ARGS, shell: true }])(
    'is left where a tool has arguments of these names: %j',
    (args) => {
      expect(JSON.parse(argumentsIn(JSON.stringify(args)) ?? '')).toEqual(args);
    },
  );
});

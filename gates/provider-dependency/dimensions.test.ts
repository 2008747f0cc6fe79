import { describe, expect, it } from 'vitest';
import type { ModelRoute } from '../../src/contract/plan.ts';
import { aPlan } from '../../src/dev/testing/builders.ts';
import { type Dimension, differs } from './dimensions.ts';

const primary = aPlan().models.primary;
const answer = (dimension: Dimension, other: Partial<ModelRoute>, own: Partial<ModelRoute> = {}) =>
  differs(dimension, { ...primary, ...own }, { ...primary, ...other });

describe('differs', () => {
  it.each<[Dimension, Partial<ModelRoute>, Partial<ModelRoute>, 'yes' | 'no' | 'unknown']>([
    ['model', { model: 'gpt-4.1' }, {}, 'yes'],
    ['model', { model: 'claude-sonnet-4-5-20250929' }, {}, 'no'],
    ['model', { model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' }, {}, 'no'],
    ['provider', { provider: 'openai' }, {}, 'yes'],
    ['provider', { provider: 'Azure_OpenAI' }, { provider: 'azure' }, 'no'],
    ['provider', { provider: 'amazon' }, { provider: 'aws.bedrock' }, 'no'],
    ['cloud', { cloud: 'azure' }, {}, 'yes'],
    ['cloud', { cloud: ' AWS ' }, {}, 'no'],
    ['cloud', { cloud: undefined }, {}, 'unknown'],
    ['cloud', {}, { cloud: undefined }, 'unknown'],
    ['cloud', { cloud: 'gcp' }, { cloud: 'Google Cloud' }, 'no'],
    ['cloud', { cloud: 'amazon' }, { cloud: 'aws' }, 'no'],
    ['cloud', { cloud: 'microsoft-azure' }, { cloud: 'azure' }, 'no'],
    ['cloud', { cloud: 'our-own' }, { cloud: 'aws' }, 'yes'],
    ['region', { region: 'eu-west-1' }, {}, 'yes'],
    ['region', { cloud: 'azure' }, {}, 'yes'],
    ['region', { cloud: 'azure', region: undefined }, {}, 'yes'],
    ['region', { region: undefined }, {}, 'unknown'],
    ['region', { cloud: undefined }, {}, 'no'],
    ['account', { account: 'prod-dr' }, {}, 'yes'],
    ['account', { account: undefined }, {}, 'unknown'],
    ['gateway', { gateway: 'g2' }, { gateway: 'g1' }, 'yes'],
    ['gateway', { gateway: 'g1' }, { gateway: 'g1' }, 'no'],
    ['gateway', { gateway: 'none' }, { gateway: 'g1' }, 'yes'],
    ['gateway', { gateway: 'g1' }, { gateway: 'None ' }, 'yes'],
    ['gateway', { gateway: 'none' }, { gateway: 'none' }, 'yes'],
    ['gateway', { gateway: 'none' }, { gateway: undefined }, 'yes'],
    ['gateway', { gateway: undefined }, { gateway: 'g1' }, 'unknown'],
    ['gateway', { gateway: 'g1' }, { gateway: undefined }, 'unknown'],
    ['gateway', { gateway: undefined }, { gateway: undefined }, 'unknown'],
  ])('%s of %j against %j: %s', (dimension, other, own, expected) => {
    expect(answer(dimension, other, own)).toBe(expected);
  });
});

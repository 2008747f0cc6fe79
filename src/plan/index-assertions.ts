import { canonicalJson } from '../contract/json.ts';
import type { DeclaredExpectation, Manifest } from '../contract/manifest.ts';
import type { Expectation, Plan, TextAssertion } from '../contract/plan.ts';
import { harmCases } from './harm-cases.ts';

/** Longest value a label quotes. */
const MOST_QUOTED = 60;

/** What a plan says about texts: every assertion is held once, and referred to by its index. */
type Indexed = Pick<Plan, 'scenarios' | 'userHarm' | 'assertions' | 'knowledge'> & Pick<Plan['evidence'], 'disclosure'>;

/** Scenarios, knowledge and disclosure whose expectations of texts refer to one list of assertions. */
export function indexAssertions({ scenarios, userHarm, knowledge, evidence: { disclosure } }: Manifest): Indexed {
  const assertions: TextAssertion[] = [];
  const indices = new Map<string, number>();
  const indexOf = (assertion: TextAssertion): number => {
    const key = canonicalJson(assertion);
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, assertions.length);
    return assertions.push(assertion) - 1;
  };
  const toExpectation = (
    declared: DeclaredExpectation,
    at: number,
    all: readonly DeclaredExpectation[],
  ): Expectation => {
    const label = labelOf(declared);
    if (declared.type === 'tool-called') return { type: 'tool-called', tool: declared.value, label };
    if (declared.type !== 'llm-rubric') return { type: 'text', assertion: indexOf(declared), label };
    const index = all.slice(0, at).filter(({ type }) => type === 'llm-rubric').length;
    return { type: 'llm-rubric', rule: declared.value, index, label };
  };
  return {
    scenarios: scenarios.map((scenario) => ({ ...scenario, expect: scenario.expect.map(toExpectation) })),
    userHarm: userHarm && {
      cases: harmCases(userHarm).map((one) => ({ ...one, expect: one.expect.map(toExpectation) })),
      runs: userHarm.runs,
    },
    knowledge:
      typeof knowledge === 'object'
        ? knowledge.map((source) => ({
            ...source,
            assertion: source.isCited ? indexOf({ type: 'cites', value: source.citation }) : undefined,
          }))
        : knowledge,
    disclosure: disclosure && {
      ...disclosure,
      assertion: disclosure.path === undefined ? indexOf({ type: 'contains', value: disclosure.phrase }) : undefined,
    },
    assertions,
  };
}

/** As the manifest reads: `contains "refund"`, `is-json with a schema`, `not-refusal`. */
function labelOf(declared: DeclaredExpectation): string {
  if ('value' in declared && declared.value !== undefined)
    return `${declared.type} ${JSON.stringify(shortened(declared.value))}`;
  return 'schema' in declared && declared.schema !== undefined ? `${declared.type} with a schema` : declared.type;
}

function shortened(value: string): string {
  return value.length > MOST_QUOTED ? `${value.slice(0, MOST_QUOTED)}…` : value;
}

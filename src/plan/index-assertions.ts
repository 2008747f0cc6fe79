import { canonicalJson } from '../contract/json.ts';
import type { DeclaredExpectation, DeclaredScenario } from '../contract/manifest.ts';
import type { Expectation, Plan, TextAssertion } from '../contract/plan.ts';

/** Longest value a label quotes. */
const MOST_QUOTED = 60;

/** Scenarios whose expectations refer to one list of text assertions, each of them held once. */
export function indexAssertions(scenarios: readonly DeclaredScenario[]): Pick<Plan, 'scenarios' | 'assertions'> {
  const assertions: TextAssertion[] = [];
  const indices = new Map<string, number>();
  const indexOf = (assertion: TextAssertion): number => {
    const key = canonicalJson(assertion);
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, assertions.length);
    return assertions.push(assertion) - 1;
  };
  const toExpectation = (declared: DeclaredExpectation): Expectation => {
    const label = labelOf(declared);
    if (declared.type === 'tool-called') return { type: 'tool-called', tool: declared.value, label };
    return { type: 'text', assertion: indexOf(declared), label };
  };
  const indexed = scenarios.map((scenario) => ({ ...scenario, expect: scenario.expect.map(toExpectation) }));
  return { scenarios: indexed, assertions };
}

/** As the manifest reads: `contains "refund"`, `is-json with a schema`, `not-refusal`. */
function labelOf(declared: DeclaredExpectation): string {
  if ('value' in declared) return `${declared.type} ${JSON.stringify(shortened(declared.value))}`;
  return 'schema' in declared && declared.schema !== undefined ? `${declared.type} with a schema` : declared.type;
}

function shortened(value: string): string {
  return value.length > MOST_QUOTED ? `${value.slice(0, MOST_QUOTED)}…` : value;
}

/** What a template may name: `input`, `last_tool_result`, `match.1` and so on. */
export interface TemplateValues {
  readonly input: string;
  readonly lastToolResult: string;
  /** The whole match and its groups; empty without a pattern. */
  readonly match: readonly string[];
}

const PLACE = /\{\{([^{}]*)\}\}/g;
const MATCH = /^match\.(\d{1,3})$/;

/** The names that a template asks for. */
export function placesIn(template: string): readonly string[] {
  return [...template.matchAll(PLACE)].map(([, name = '']) => name.trim());
}

/** Whether a name means something. `groups`: how many the pattern has; undefined without a pattern. */
export function isKnownPlace(name: string, groups: number | undefined): boolean {
  if (name === 'input' || name === 'last_tool_result') return true;
  const group = MATCH.exec(name)?.[1];
  return group !== undefined && groups !== undefined && Number(group) <= groups;
}

/** Fills a template in one pass: what a value holds is not a template. `encode` makes a value fit its surroundings. */
export function fillTemplate(template: string, values: TemplateValues, encode: (value: string) => string): string {
  return template.replace(PLACE, (place, name: string) => {
    const value = valueFor(name.trim(), values);
    return value === undefined ? place : encode(value);
  });
}

function valueFor(name: string, { input, lastToolResult, match }: TemplateValues): string | undefined {
  if (name === 'input') return input;
  if (name === 'last_tool_result') return lastToolResult;
  return match[Number(MATCH.exec(name)?.[1] ?? Number.NaN)];
}

/** Fits a value into a text of JSON, between the quotes that are there. */
export function insideJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

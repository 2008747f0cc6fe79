import { readFileSync } from 'node:fs';
import { callCaseStore } from './case-store.mjs';

/** The definitions that the models are given, and by which arguments are checked. */
export const TOOL_LIST = JSON.parse(readFileSync(new URL('../tools/tools.json', import.meta.url), 'utf8'));

const DATA = JSON.parse(readFileSync(new URL('data.json', import.meta.url), 'utf8'));
const EXCERPT = 5;
const written = new Set();

/** What each tool does. `isWrite`: only after an approval. */
export const TOOLS = {
  get_case: { isWrite: false, run: getCase },
  search_policy: { isWrite: false, run: searchPolicy },
  create_case_note: { isWrite: true, run: createCaseNote },
};

/** An excerpt: the last few payments are enough to judge a case. */
function getCase({ case: id }) {
  const found = DATA.cases[id];
  return found === undefined ? { error: 'no such case' } : { ...found, payments: found.payments.slice(-EXCERPT) };
}

function searchPolicy({ query }) {
  const words = query
    .toLowerCase()
    .split(/\W+/)
    .filter((word) => word.length > 3);
  const passages = DATA.policy.filter(({ text }) => words.some((word) => text.toLowerCase().includes(word)));
  return { passages: passages.slice(0, 2) };
}

/** Writes a note once, however often the same call comes. Throws when the store does not answer. */
async function createCaseNote({ case: id, note }) {
  if (written.has(id)) return { written: true, note: 'is there already' };
  const answer = await callCaseStore('create_case_note', { case: id, note });
  written.add(id);
  return answer;
}

/** Why these arguments must not reach the tool; undefined when they may. */
export function argumentProblem(name, args) {
  const schema = TOOL_LIST.find((tool) => tool.name === name)?.input_schema;
  if (schema === undefined || !Object.hasOwn(TOOLS, name)) return 'wants a tool that does not exist';
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return `${name}: arguments are no object`;
  const missing = schema.required.find((key) => !Object.hasOwn(args, key));
  if (missing !== undefined) return `${name}: ${missing} is missing`;
  for (const [key, value] of Object.entries(args)) {
    if (!Object.hasOwn(schema.properties, key)) return `${name}: an argument that does not exist`;
    if (typeof value !== 'string' || value === '') return `${name}: ${key} is no text`;
    if (value.length > (schema.properties[key].maxLength ?? 500)) return `${name}: ${key} is too long`;
  }
  return undefined;
}

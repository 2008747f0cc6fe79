import { appendFileSync, readFileSync } from 'node:fs';

const DATA = JSON.parse(readFileSync(new URL('data.json', import.meta.url), 'utf8'));
const PAYMENTS_IN_A_CASE_FILE = 600;

/** Runs what the model asks for, as it asks for it. */
export function runTool(name, args) {
  if (name === 'get_case') return wholeCaseFile(args.case);
  if (name === 'search_policy') return { passages: DATA.policy };
  if (name === 'create_case_note') return createCaseNote(args);
  return { error: `no tool ${name}` };
}

/** The whole case file goes to the model; the data of the example stand here for years of payments. */
function wholeCaseFile(id) {
  const found = DATA.cases[id];
  if (found === undefined) return { error: 'no such case' };
  const payments = Array.from({ length: PAYMENTS_IN_A_CASE_FILE }, (_, i) => found.payments[i % found.payments.length]);
  return { ...found, payments };
}

function createCaseNote({ case: id, note }) {
  // Stands in for the case store.
  const file = process.env['CASE_NOTES_FILE'];
  if (file) appendFileSync(file, `${JSON.stringify({ case: id, note })}\n`);
  return { written: true };
}

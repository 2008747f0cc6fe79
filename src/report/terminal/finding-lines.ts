import type { Finding } from '../../contract/finding.ts';
import { quantity } from '../../contract/quantity.ts';
import type { GateResult, RunResult } from '../../contract/result.ts';
import { factsOf, placeText, retestCommand } from '../finding-facts.ts';
import { failingAdvisories, groupByMissingInput, mustChange, neededThings } from '../finding-groups.ts';
import { gateSummary } from '../gate-summary.ts';
import { logText } from '../outside-text.ts';
import { SIGNS } from '../signs.ts';
import { CONTINUES, entry, quote, type Screen, section, wrap } from './screen.ts';

/** One line a gate: symbol, word, name and how many of its checks pass. */
export function gateLines({ gates, findings }: RunResult, screen: Screen): string[] {
  const longest = Math.max(...gates.map(({ id }) => id.length));
  const line = (gate: GateResult) => {
    const { symbol, word } = SIGNS[gate.outcome];
    const head = `  ${symbol} ${word.padEnd(14)} ${gate.id.padEnd(longest)}  `;
    return wrap(head, gateSummary(gate, findings), screen.width).map(screen.outcome[gate.outcome]);
  };
  return section('Gates', [gates.flatMap(line)], screen);
}

/** What failed and blocks: everything a reader needs without opening another file. */
export function failureLines(result: RunResult, screen: Screen): string[] {
  const failing = mustChange(result.findings);
  const blocks = failing.map((finding) => findingLines(finding, result, screen));
  return section(`What must change (${failing.length})`, blocks, screen);
}

export function advisoryLines(result: RunResult, screen: Screen): string[] {
  const failing = failingAdvisories(result.findings);
  const blocks = failing.map((finding) => findingLines(finding, result, screen));
  return section(`Advisories, reported only (${failing.length})`, blocks, screen);
}

function findingLines(finding: Finding, result: RunResult, screen: Screen): string[] {
  const { symbol, word } = SIGNS[finding.outcome];
  const title = wrap(`${symbol} ${word} ${logText(finding.checkId)}: `, finding.title, screen.width);
  return [
    ...title.map(screen.outcome[finding.outcome]),
    ...quote(finding.message, screen),
    ...factsOf(finding, result).flatMap(({ label, text }) => entry(label, text, screen)),
    ...finding.evidence.flatMap((ref) => entry('Seen at', placeText(ref, result.artifacts), screen)),
    ...finding.remedy.flatMap((step, i) => entry(`Step ${i + 1}`, step, screen)),
    ...entry('Re-test', retestCommand(result), screen),
  ];
}

/** Inconclusive checks by what they lack: a handful of steps instead of a wall of findings. */
export function missingLines({ findings }: RunResult, screen: Screen): string[] {
  const groups = groupByMissingInput(findings);
  const blocks = groups.map((group) => [
    ...wrap(`${SIGNS.inconclusive.symbol} MISSING `, group.input, screen.width).map(screen.outcome.inconclusive),
    ...group.remedies.flatMap((remedy) => entry('Step', remedy, screen)),
    ...entry('Keeps open', quantity(group.findings.length, 'check'), screen),
    ...group.findings.flatMap((finding) =>
      wrap(`${CONTINUES}${logText(finding.checkId)}: `, finding.message, screen.width),
    ),
  ]);
  return section(`Not shown: ${neededThings(groups)}`, blocks, screen);
}

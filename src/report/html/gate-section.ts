import { type Finding, isFailing } from '../../contract/finding.ts';
import type { GateResult, RunResult } from '../../contract/result.ts';
import { formatNumber } from '../../contract/units.ts';
import { gateSummary } from '../gate-summary.ts';
import { badge, factList, steps } from './finding-section.ts';
import { html, type Safe } from './html.ts';
import { measurementCell } from './scale.ts';

/** Six cards: the question of each gate, its outcome and the next action. */
export function gateSection({ gates, findings }: RunResult): Safe {
  return html`<section id="gates" aria-labelledby="gates-title">
<h2 id="gates-title">Gates</h2>
<ul class="gates">${gates.map((gate) => gateCard(gate, findings))}</ul>
</section>`;
}

function gateCard(gate: GateResult, findings: readonly Finding[]): Safe {
  const own = findings.filter((finding) => finding.gate === gate.id && finding.severity === 'blocker');
  const next = own.find(isFailing) ?? own.find(({ outcome }) => outcome === 'inconclusive');
  const step = next?.remedy[0];
  return html`<li class="gate ${gate.outcome}">
<p>${badge(gate.outcome)}</p>
<h3>${gate.id}</h3>
<p class="question">${gate.question}</p>
<p class="summary">${gateSummary(gate, findings)}</p>
${step === undefined ? '' : html`<p class="next"><b>Next:</b> ${step}</p>`}
</li>`;
}

/** Failing first, so that the order says what matters. */
const ORDER: readonly Finding['outcome'][] = ['error', 'fail', 'inconclusive', 'pass', 'not-applicable'];

/** Every finding, with what it rests on behind each. */
export function tableSection(result: RunResult): Safe {
  const sorted = result.findings.toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">All findings <span class="count">${sorted.length}</span></h2>
<div class="scroll" role="region" aria-labelledby="findings-title" tabindex="0"><table>
<thead><tr><th scope="col">Outcome</th><th scope="col">Check</th><th scope="col" class="number">Observed</th><th scope="col" class="number">Limit</th><th scope="col" class="number">n</th></tr></thead>
<tbody>${sorted.map((finding) => row(finding, result))}</tbody>
</table></div>
</section>`;
}

function row(finding: Finding, result: RunResult): Safe {
  const { outcome, severity, checkId, title, message, measured, limit, n, remedy } = finding;
  return html`<tr>
<td>${badge(outcome)}${severity === 'advisory' ? html` <span class="advisory">advisory</span>` : ''}</td>
<th scope="row"><details><summary>${title}<br><code>${checkId}</code></summary><p>${message}</p>${factList(finding, result)}${steps(remedy)}</details></th>
${measurementCell(measured, limit)}
${measurementCell(limit, limit)}
<td class="number">${n === null ? '–' : formatNumber(n)}</td>
</tr>`;
}

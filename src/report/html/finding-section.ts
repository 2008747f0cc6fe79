import type { Finding } from '../../contract/finding.ts';
import type { RunResult } from '../../contract/result.ts';
import { factsOf, placeText, retestCommand } from '../finding-facts.ts';
import { failingAdvisories, groupByMissingInput, mustChange, neededThings } from '../finding-groups.ts';
import { SIGNS } from '../signs.ts';
import { html, type Safe } from './html.ts';
import { scale } from './scale.ts';

/** What failed, each with the distance to its limit, the places that show it, the steps and the command to re-test. */
export function changeSection(result: RunResult): Safe {
  const failing = mustChange(result.findings);
  return html`<section id="change" aria-labelledby="change-title">
<h2 id="change-title">What must change <span class="count">${failing.length}</span></h2>
${failing.length === 0 ? html`<p class="none">No blocking check failed.</p>` : ''}
${failing.map((finding) => article(finding, result))}
</section>`;
}

export function advisorySection(result: RunResult): Safe {
  const failing = failingAdvisories(result.findings);
  if (failing.length === 0) return html``;
  return html`<section id="advisories" aria-labelledby="advisories-title">
<h2 id="advisories-title">Advisories, reported only <span class="count">${failing.length}</span></h2>
${failing.map((finding) => article(finding, result))}
</section>`;
}

function article(finding: Finding, result: RunResult): Safe {
  return html`<article class="finding ${finding.outcome}">
<p class="id">${badge(finding.outcome)} <code>${finding.checkId}</code></p>
<h3>${finding.title}</h3>
<p class="message">${finding.message}</p>
${scale(finding)}
${factList(finding, result)}
${steps(finding.remedy)}
<p class="retest">Then re-test: <code>${retestCommand(result)}</code></p>
</article>`;
}

/** Facts of a finding and the places that show it. */
export function factList(finding: Finding, result: RunResult): Safe {
  return html`<dl class="facts">${factsOf(finding, result).map(
    ({ label, text }) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`,
  )}${finding.evidence.length === 0 ? '' : html`<div><dt>Seen at</dt>${finding.evidence.map((ref) => html`<dd><code>${placeText(ref, result.artifacts)}</code></dd>`)}</div>`}</dl>`;
}

export function badge(outcome: Finding['outcome']): Safe {
  const { symbol, word } = SIGNS[outcome];
  return html`<span class="badge ${outcome}">${symbol} ${word}</span>`;
}

export function steps(remedy: readonly string[]): Safe {
  return remedy.length === 0 ? html`` : html`<ol class="steps">${remedy.map((step) => html`<li>${step}</li>`)}</ol>`;
}

/** Inconclusive checks by the input they lack. */
export function missingSection({ findings }: RunResult): Safe {
  const groups = groupByMissingInput(findings);
  if (groups.length === 0) return html``;
  return html`<section id="missing" aria-labelledby="missing-title">
<h2 id="missing-title">Not shown: ${neededThings(groups)}</h2>
${groups.map(
  ({ input, remedies, findings: open }) => html`<article class="finding inconclusive">
<h3>${input}</h3>
${steps(remedies)}
<p class="keeps">Keeps open:</p>
<ul class="open">${open.map(({ checkId, message }) => html`<li><code>${checkId}</code> ${message}</li>`)}</ul>
</article>`,
)}
</section>`;
}

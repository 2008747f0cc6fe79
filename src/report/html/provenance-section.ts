import { quantity } from '../../contract/quantity.ts';
import type { RunResult } from '../../contract/result.ts';
import { kindsLine, policyLine, populationLine, sourceLine } from '../provenance.ts';
import { html, type Safe } from './html.ts';

/** What the verdict rests on, so that a reviewer can find every byte of it again. */
export function provenanceSection(result: RunResult): Safe {
  const { population, plan, artifacts, tool, evaluatedAt, runId } = result;
  const { artifactsDigest, revision, tree, isDirty } = plan.release;
  const facts: readonly (readonly [label: string, texts: readonly string[]])[] = [
    ['Runs', [populationLine(result)]],
    ['Scenarios', Object.entries(population.runsByScenario).map(([id, runs]) => `${id}: ${quantity(runs, 'run')}`)],
    ['Recordings', population.sources.map(sourceLine)],
    [
      'Problems',
      population.sources.flatMap(({ recording, problems }) =>
        problems.map((at) => `${recording}:${at.line} ${at.message}`),
      ),
    ],
    [
      'Ignored spans',
      population.sources.flatMap(({ ignored }) =>
        ignored.map(({ scope, count }) => `${scope}: ${quantity(count, 'span')}`),
      ),
    ],
    ['Evidence kinds', [kindsLine(result)]],
    ['Policy', [policyLine(plan)]],
    [
      'Release',
      [
        artifactsDigest,
        `commit ${revision ?? 'not recorded'}`,
        `tree ${tree ?? 'not recorded'}`,
        `uncommitted changes: ${isDirty === undefined ? 'not recorded' : isDirty ? 'yes' : 'no'}`,
      ],
    ],
    ['Evaluated', [`${evaluatedAt} by ${tool.name} ${tool.version}`, `run ${runId}`]],
  ];
  return html`<section id="provenance" aria-labelledby="provenance-title">
<h2 id="provenance-title">What this rests on</h2>
<dl class="provenance">${facts.map(([label, texts]) =>
    texts.length === 0 ? '' : html`<div><dt>${label}</dt>${texts.map((text) => html`<dd>${text}</dd>`)}</div>`,
  )}</dl>
<div class="scroll" role="region" aria-label="Files and their digests" tabindex="0"><table>
<caption>Files and their digests</caption>
<thead><tr><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${artifacts.map(({ path, sha256 }) => html`<tr><th scope="row"><code>${path}</code></th><td><code>${sha256}</code></td></tr>`)}</tbody>
</table></div>
</section>`;
}

/** What this report does not show: a reader who trusts it for more is misled. */
export function limitsSection({ plan, population }: RunResult): Safe {
  const unsampled = plan.sources.filter(({ sampling }) => sampling !== 'none').map(({ recording }) => recording);
  const limits = [
    'It shows the recorded runs. Runs that were not recorded, and traffic unlike the declared scenarios, may behave differently.',
    'It is a view. Only the signed bundle counts: run aigate verify on it, with the values you expect.',
    'Recomputing the verdict proves that it follows from the recordings, not that the recordings are true.',
    ...(unsampled.length === 0
      ? []
      : [`Not every run of these recordings was kept, or it is not known: ${unsampled.join(', ')}.`]),
    ...(population.unmatchedRuns + population.ambiguousRuns === 0
      ? []
      : [
          `${quantity(population.unmatchedRuns + population.ambiguousRuns, 'run')} could not be matched with one scenario.`,
        ]),
    ...(plan.declaredOnly.length === 0
      ? []
      : [`Declared, judged by no check of this version: ${plan.declaredOnly.join(', ')}.`]),
  ];
  return html`<section id="limits" aria-labelledby="limits-title">
<h2 id="limits-title">What this report does not show</h2>
<ul>${limits.map((limit) => html`<li>${limit}</li>`)}</ul>
</section>`;
}

import type { RunResult } from '../../contract/result.ts';
import { DEMO_NOTICE } from '../signs.ts';
import { cardSection, questionSection } from './card-section.ts';
import { advisorySection, changeSection, missingSection } from './finding-section.ts';
import { gateSection, tableSection } from './gate-section.ts';
import { html, markupOf, verbatim } from './html.ts';
import { limitsSection, provenanceSection } from './provenance-section.ts';
import { STYLE, STYLE_SHA256 } from './styles.ts';

/** Nothing is loaded, nothing runs, and only the one style sheet applies, even if an escape were missed. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_SHA256}'; base-uri 'none'; form-action 'none'`;

/** One self-contained page without script: complete on paper, without network and in any browser. */
export function renderHtml(result: RunResult): string {
  const { card, plan, tool, evaluatedAt } = result;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(POLICY)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${card.headline} · ${plan.workload.name}</title>
<style>${verbatim(STYLE)}</style>
</head>
<body>
<a class="skip" href="#change">Skip to what must change</a>
<div class="page">
${cardSection(result)}
<nav aria-label="Sections"><ul>
<li><a href="#questions">What leaders ask</a></li>
<li><a href="#gates">Gates</a></li>
<li><a href="#change">What must change</a></li>
<li><a href="#findings">All findings</a></li>
<li><a href="#provenance">What this rests on</a></li>
<li><a href="#limits">What it does not show</a></li>
</ul></nav>
<main>
${questionSection(result)}
${gateSection(result)}
${changeSection(result)}
${missingSection(result)}
${advisorySection(result)}
${tableSection(result)}
${provenanceSection(result)}
${limitsSection(result)}
</main>
<footer>
${plan.workload.isDemo ? html`<p class="demo">${DEMO_NOTICE}</p>` : ''}
<p>aigate ${tool.version} · ${plan.workload.name} · ${evaluatedAt}</p>
</footer>
</div>
</body>
</html>
`;
  return markupOf(page);
}

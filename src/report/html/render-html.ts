import type { RunResult } from '../../contract/result.ts';
import { drillSection } from '../drills/html.ts';
import { missingForAdvice } from '../finding-groups.ts';
import { DEMO_NOTICE } from '../signs.ts';
import { toolTables } from '../tools/tool-tables.ts';
import { worstRuns } from '../worst-runs.ts';
import { cardSection, questionSection } from './card-section.ts';
import { advisorySection, changeSection, missingSection } from './finding-section.ts';
import { gateSection, tableSection } from './gate-section.ts';
import { html } from './html.ts';
import { htmlPage } from './page.ts';
import { limitsSection, provenanceSection } from './provenance-section.ts';
import { htmlTable } from './table-section.ts';

/** The whole result as one page. */
export function renderHtml(result: RunResult): string {
  const { card, plan, tool, evaluatedAt } = result;
  return htmlPage(
    `${card.headline} · ${plan.workload.name}`,
    html`<a class="skip" href="#change">Skip to what must change</a>
<div class="page">
${cardSection(result)}
<nav aria-label="Sections"><ul>
<li><a href="#questions">What leaders ask</a></li>
<li><a href="#gates">Gates</a></li>
${result.authority === null ? '' : html`<li><a href="#authority">Authority</a></li>`}
<li><a href="#change">What must change</a></li>
${result.drills === null ? '' : html`<li><a href="#drills">Drills</a></li>`}
<li><a href="#findings">All findings</a></li>
<li><a href="#provenance">What this rests on</a></li>
<li><a href="#limits">What it does not show</a></li>
</ul></nav>
<main>
${questionSection(result)}
${gateSection(result)}
<div id="authority" class="authority">${toolTables(result).map(htmlTable)}</div>
${changeSection(result)}
${drillSection(result.drills)}
${htmlTable(worstRuns(result))}
${missingSection(result)}
${htmlTable(missingForAdvice(result.findings))}
${advisorySection(result)}
${tableSection(result)}
${provenanceSection(result)}
${limitsSection(result)}
</main>
<footer>
${plan.workload.isDemo ? html`<p class="demo">${DEMO_NOTICE}</p>` : ''}
<p>aigate ${tool.version} · ${plan.workload.name} · ${evaluatedAt}</p>
</footer>
</div>`,
  );
}

import type { ArchitectureView } from '../../contract/architecture-view.ts';
import { html } from '../html/html.ts';
import { htmlPage } from '../html/page.ts';
import { htmlTable } from '../html/table-section.ts';
import { graphPicture } from './graph.ts';
import { reviewTables } from './sections.ts';

/** The review as one page: picture first, then the tables. */
export function renderReviewHtml(view: ArchitectureView): string {
  const { name, owner, lane, autonomy } = view.workload;
  return htmlPage(
    `Architecture review · ${name}`,
    html`<div class="page">
<header class="verdict plain"><h1>Architecture review: ${name}</h1>
<p class="decision">${owner} · ${lane} · ${autonomy}</p>
<p class="terms">From ${view.manifest}. Nothing was run: this is what is declared, not what happens.</p></header>
<main>
<section aria-label="Graph">${graphPicture(view)}</section>
${reviewTables(view).map(htmlTable)}
</main>
</div>`,
  );
}

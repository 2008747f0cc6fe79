import type { Portfolio } from '../../contract/portfolio.ts';
import { quantity } from '../../contract/quantity.ts';
import { html } from '../html/html.ts';
import { htmlPage } from '../html/page.ts';
import { htmlTable } from '../html/table-section.ts';
import { markdownTable } from '../markdown-table.ts';
import { createScreen } from '../terminal/screen.ts';
import { tableLines } from '../terminal/table-lines.ts';
import { portfolioTables } from './portfolio-table.ts';

export function renderPortfolioTerminal(
  portfolio: Portfolio,
  options: { readonly color: boolean; readonly width: number },
): string {
  const screen = createScreen(options);
  const lines = portfolioTables(portfolio).flatMap((table) => tableLines(table, screen));
  return `${[screen.strong(summary(portfolio)), ...lines].join('\n')}\n`;
}

export function renderPortfolioMarkdown(portfolio: Portfolio): string {
  return ['## AI workloads', '', summary(portfolio), ...portfolioTables(portfolio).flatMap(markdownTable)].join('\n');
}

export function renderPortfolioHtml(portfolio: Portfolio): string {
  return htmlPage(
    'AI workloads',
    html`<div class="page">
<header class="verdict plain"><h1>AI workloads</h1>
<p class="decision">${summary(portfolio)}</p>
<p class="terms">Judged at ${portfolio.evaluatedAt}</p></header>
<main>
${portfolioTables(portfolio).map(htmlTable)}
</main>
</div>`,
  );
}

function summary({ rows, unjudged }: Portfolio): string {
  const blocked = rows.filter(({ blocking }) => blocking).length;
  const judged = `${quantity(rows.length, 'workload')}: ${blocked} blocked, ${rows.length - blocked} not blocked`;
  return unjudged.length === 0 ? judged : `${judged}, ${unjudged.length} not judged`;
}

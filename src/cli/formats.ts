import { canonicalJson } from '../contract/json.ts';
import type { Portfolio } from '../contract/portfolio.ts';
import type { RunResult } from '../contract/result.ts';
import type { Io } from './io.ts';
import type { ReportSpec } from './report-files.ts';
import { screenFor } from './screen-for.ts';

export const FORMATS = ['terminal', 'json', 'markdown', 'html', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** Formats of a report of many workloads. */
export const PORTFOLIO_FORMATS = ['terminal', 'json', 'markdown', 'html'] as const;
export type PortfolioFormat = (typeof PORTFOLIO_FORMATS)[number];

interface RenderContext {
  readonly io: Io;
  readonly color: boolean | undefined;
}

/** Renders a result; each writer is loaded only when asked for. */
export async function render(
  result: RunResult,
  { format, path }: ReportSpec<Format>,
  { io, color }: RenderContext,
): Promise<string> {
  switch (format) {
    case 'terminal':
      return (await import('../report/terminal.ts')).renderTerminal(result, screenFor(io, color, path));
    case 'json':
      return (await import('../report/json.ts')).renderJson(result);
    case 'markdown':
      return (await import('../report/markdown.ts')).renderMarkdown(result);
    case 'html':
      return (await import('../report/html/render-html.ts')).renderHtml(result);
    case 'github':
      return (await import('../report/github.ts')).renderGithub(result);
  }
}

/** Renders many results side by side. */
export async function renderPortfolio(
  portfolio: Portfolio,
  { format, path }: ReportSpec<PortfolioFormat>,
  { io, color }: RenderContext,
): Promise<string> {
  const page = await import('../report/portfolio/render-portfolio.ts');
  switch (format) {
    case 'terminal':
      return page.renderPortfolioTerminal(portfolio, screenFor(io, color, path));
    case 'json':
      return `${canonicalJson(portfolio)}\n`;
    case 'markdown':
      return page.renderPortfolioMarkdown(portfolio);
    case 'html':
      return page.renderPortfolioHtml(portfolio);
  }
}

import type { Portfolio, PortfolioRow } from '../../contract/portfolio.ts';
import { formatMeasurement, formatNumber } from '../../contract/units.ts';
import type { ReportTable } from '../report-table.ts';
import { SIGNS } from '../signs.ts';

/** Everything the portfolio says, as tables in the order of reading. */
export function portfolioTables({ rows, unjudged }: Portfolio): ReportTable[] {
  const workloads: ReportTable = {
    title: 'Workloads',
    columns: ['Workload', 'Owner', 'Lane', 'Decision', 'Monthly cost', 'Drift', 'Runs out', 'Because', 'Bundle'],
    rows: rows.map(cells),
    empty: 'No workload was judged.',
  };
  const invalid: ReportTable = {
    title: 'Not judged',
    columns: ['Workload', 'Error'],
    rows: unjudged.map(({ target, error }) => [target, error]),
    empty: '',
  };
  return unjudged.length === 0 ? [workloads] : [workloads, invalid];
}

function cells(row: PortfolioRow): string[] {
  const { symbol, word } = SIGNS[row.decision];
  return [
    row.workload,
    row.owner,
    row.lane,
    `${symbol} ${word}${row.blocking ? ', blocked' : ''}`,
    costText(row),
    row.drift ?? 'not compared',
    expiryText(row),
    becauseText(row),
    row.bundle,
  ];
}

function costText({ monthlyCost }: PortfolioRow): string {
  if (monthlyCost === undefined) return 'not known';
  const { measured, limit } = monthlyCost;
  const of = limit === undefined ? '' : ` of ${formatMeasurement(limit, limit)}`;
  return `${formatMeasurement(measured, limit)}${of}`;
}

function expiryText({ expiry }: PortfolioRow): string {
  if (expiry === undefined) return 'not known';
  const { days, what } = expiry;
  return days < 0 ? `${what}: ${formatNumber(-days)} days ago` : `${what}: in ${formatNumber(days)} days`;
}

/** Ids named in full; the rest is counted. */
const NAMED = 4;

function becauseText({ because }: PortfolioRow): string {
  const more = because.length - NAMED;
  return [...because.slice(0, NAMED), ...(more > 0 ? [`and ${formatNumber(more)} more`] : [])].join(', ');
}

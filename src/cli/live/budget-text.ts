import type { LiveBudget } from '../../contract/live.ts';
import { quantity } from '../../contract/quantity.ts';
import { formatMeasurement, formatNumber, NANO_USD_PER_USD } from '../../contract/units.ts';
import type { BudgetStop, Totals } from '../../observe/drive/budget-limits.ts';

/** `stopped by the budget of 40 calls: 38 model calls made`, to be followed by what was done. */
export function describeStop(stop: BudgetStop, budget: LiveBudget, spent: Totals): string {
  const usd = (nanoUsd: bigint) => formatMeasurement({ value: Number(nanoUsd) / NANO_USD_PER_USD, unit: 'usd' });
  const made = `${quantity(spent.calls, 'model call')} made`;
  switch (stop.limit) {
    case 'calls':
      return `stopped by the budget of ${quantity(budget.calls ?? 0, 'call')}: ${made}`;
    case 'time':
      return `stopped by the budget of ${formatNumber((budget.timeMs ?? 0) / 1_000)} s: ${made}`;
    case 'money': {
      const unknown = stop.need === undefined ? ', and what the next call may cost is not known' : '';
      const limit = formatMeasurement({ value: budget.usd ?? 0, unit: 'usd' });
      return `stopped by the budget of ${limit}: ${usd(spent.nanoUsd)} spent, ${made}${unknown}`;
    }
  }
}

import { showName } from '../name-counts.ts';
import { formatNumber } from '../units.ts';
import type { Drift } from './lock-drift.ts';

/** One difference in one line, what it gains first. Outside names are shown with nothing hidden. */
export function describeDrift(drift: Drift): string {
  const { gains, flips, fields } = drift;
  const others = fields.filter((field) => field !== 'annotations' || flips.length === 0);
  const parts = [...gains, ...flips, ...(others.length > 0 ? [others.map(showName).join(', ')] : [])];
  const text = describeSubject(drift);
  return parts.length === 0 ? text : `${text}: ${parts.join('; ')}`;
}

/** Which definition differs and how, in a few words. */
export function describeSubject(drift: Drift): string {
  switch (drift.change) {
    case 'server-added':
      return `server ${showName(drift.server)} added`;
    case 'server-removed':
      return `server ${showName(drift.server)} removed`;
    case 'instructions-changed':
      return `server ${showName(drift.server)} tells the model something else`;
    case 'tool-added':
      return `${toolOf(drift)} added`;
    case 'tool-removed':
      return `${toolOf(drift)} removed`;
    case 'tool-changed':
      return `${toolOf(drift)} changed`;
    case 'tool-renamed':
      return `${toolOf({ ...drift, tool: drift.from })} renamed to ${showName(drift.tool)} (${formatNumber(Math.round(drift.similarity * 100))} % alike)`;
    case 'file-added':
      return `file ${showName(drift.path)} added`;
    case 'file-removed':
      return `file ${showName(drift.path)} removed`;
    case 'file-changed':
      return `file ${showName(drift.path)} changed`;
  }
}

function toolOf({ server, tool }: { readonly server: string; readonly tool: string }): string {
  return `${showName(server)}/${showName(tool)}`;
}

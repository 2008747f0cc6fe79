import { z } from 'zod';
import { DURATION, durationMs } from '../../contract/duration.ts';
import { shown } from '../describe-issue.ts';

/** Text with something in it. */
export function text(description: string) {
  return z.string().regex(/\S/, 'text that is not empty').meta({ description });
}

/** A whole number above zero with its unit. */
export function duration(description: string) {
  const error = 'a duration such as 500ms, 20s, 10m, 1h or 90d';
  return z.string(error).regex(DURATION, error).meta({ description });
}

/** Reads what `duration` accepted. ms; undefined stays undefined. */
export function toMs(text: string): number;
export function toMs(text: string | undefined): number | undefined;
export function toMs(text: string | undefined): number | undefined {
  return text === undefined ? undefined : durationMs(text);
}

/** A whole number from 1. */
export function count(description: string, most: number) {
  return z.int().min(1).max(most).meta({ description });
}

export function isoDate(description: string) {
  return z
    .string()
    .refine(isDate, { error: ({ input }) => `expected a date such as 2026-11-21, got ${shown(input)}` })
    .meta({ description });
}

/** Whether the text is a day of the calendar, as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const timeMs = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(timeMs) && new Date(timeMs).toISOString().startsWith(text);
}

/** A path or glob that cannot leave the folder of the manifest, with POSIX separators. */
export function insidePath(description: string) {
  return text(description).superRefine((path, context) => {
    const fault = escapeOf(path);
    if (fault === undefined) return;
    const message = `${shown(path)} ${fault}`;
    const hint = 'Name a path below the folder of the manifest, with / between folders.';
    context.addIssue({ code: 'custom', message, params: { code: 'PATH_ESCAPES', hint } });
  });
}

const LONGEST_PATH = 1_000;

function escapeOf(path: string): string | undefined {
  if (path.length > LONGEST_PATH) return `is longer than ${LONGEST_PATH} characters`;
  if (path.includes('\\')) return 'holds a backslash';
  if (path.includes('\0')) return 'holds a NUL character';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is an absolute path';
  return path.split('/').includes('..') ? 'leaves the folder of the manifest' : undefined;
}

/**
 * A name that becomes a key of results. What every object inherits (`constructor`) is refused, because looking it up
 * would find something where nothing was recorded.
 */
export function identifier(description: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'up to 100 letters, digits, ".", "_" or "-", starting with a letter or digit')
    .refine((id) => !(id in {}), { error: ({ input }) => `expected a name that is not reserved, got ${shown(input)}` })
    .meta({ description });
}

const LONGEST_PATTERN = 1_000;

/** A regular expression. Whether the engine that judges answers takes it too is seen when it is compiled there. */
export function pattern(description: string) {
  return text(description).superRefine((source, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (source.length > LONGEST_PATTERN) {
      refuse(`expected a regular expression of at most ${LONGEST_PATTERN} characters, got ${source.length}`);
      return;
    }
    try {
      new RegExp(withoutFlags(source));
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      refuse(`not a regular expression: ${cause.message}`);
    }
  });
}

/** Flags such as `(?i)` belong to RE2, which judges; V8 does not know them. */
function withoutFlags(source: string): string {
  return source.replace(/(?<!\\)\(\?[imsU-]+([:)])/g, (_, end) => (end === ':' ? '(?:' : ''));
}

export const env = z
  .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string())
  .meta({ description: 'Environment variables with their values; no secrets: name those under passEnv' });

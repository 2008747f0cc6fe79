/** The value of a JSON text; undefined when it is none. No JSON value is undefined. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON text of an object or list as its value; every other value unchanged. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  return jsonValue(value) ?? value;
}

/** A value as JSON text; undefined where it is nested too deeply to be written, or is nothing JSON has. */
export function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

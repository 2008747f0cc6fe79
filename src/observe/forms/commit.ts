/** The text where it is a whole commit id; a tag or a shortened id binds a run to nothing. */
export function commitIn(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{40}$/i.test(text) ? text.toLowerCase() : undefined;
}

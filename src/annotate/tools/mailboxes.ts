/** One address, or what redaction put in its place. */
const ADDRESS = /^(?:[^\s@,;:<>()[\]"\\]+@[^\s@,;:<>()[\]"\\]+|\[email:[0-9a-f]{2,8}\])$/;
/** `Ann <ann@corp.example>`, `"Lee, Ann" <ann@corp.example>`. */
const NAMED = /^(?:"[^"]*"|[^<>@,;"]*)\s*<([^<>]+)>$/;

/**
 * The addresses of a text that is nothing but a list of them, with or without names, between commas or semicolons.
 * Undefined = it is anything else, so that words around an address are never left out of sight.
 */
export function mailboxesIn(text: string): readonly string[] | undefined {
  const addresses = (text.match(/(?:"[^"]*"|[^,;"])+|[,;"]/g) ?? [])
    .filter((entry) => entry !== ',' && entry !== ';')
    .map((entry) => NAMED.exec(entry.trim())?.[1] ?? entry.trim());
  return addresses.length > 0 && addresses.every((address) => ADDRESS.test(address)) ? addresses : undefined;
}

/** Hosts on which providers answer, as their API references name them, read 2026-11-21. */
const HOSTS: readonly RegExp[] = [
  /^api\.(?:openai|anthropic|groq|deepseek)\.com$/,
  /^api\.(?:mistral\.ai|cohere\.(?:ai|com)|together\.(?:ai|xyz)|x\.ai|perplexity\.ai|fireworks\.ai)$/,
  /\.(?:openai\.azure\.com|services\.ai\.azure\.com|models\.ai\.azure\.com)$/,
  /^generativelanguage\.googleapis\.com$|aiplatform\.googleapis\.com$/,
  /^bedrock(?:-agent)?(?:-runtime)?(?:-fips)?\.[^.]+\.amazonaws\.com(?:\.cn)?$/,
];

/** The host of an address, or of a text that is only a host, when a provider answers there; otherwise undefined. */
export function providerHost(text: string): string | undefined {
  const address = /^(?:(?:https?|wss?):\/\/(?:[^/?#\s@]*@)?)?([^/?#\s@:]+)(?::\d+)?(?:[/?#]\S*)?$/i.exec(text);
  const host = address?.[1]?.toLowerCase();
  return host !== undefined && HOSTS.some((pattern) => pattern.test(host)) ? host.replaceAll('{}', '…') : undefined;
}

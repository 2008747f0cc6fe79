/** The headers OpenAI puts on every answer; the request's id is taken from that of the answer. */
export function openAiHeaders(answerId: string): Readonly<Record<string, string>> {
  return {
    'openai-version': '2020-10-01',
    'openai-processing-ms': '1',
    // Ids come from scripts and recordings; a header must not carry what is no id.
    'x-request-id': `req_${answerId.replace(/[^\w-]/g, '')}`,
  };
}

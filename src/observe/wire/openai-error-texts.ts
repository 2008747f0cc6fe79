export const FAILED = 'The server had an error while processing your request. Sorry about that!';
export const BUSY =
  'The server is currently overloaded with other requests. Sorry about that! Please retry your request.';
export const REGION = 'Country, region, or territory not supported';
export const QUOTA =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, ' +
  'read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.';
export const AUTH =
  'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.';
export const CHAT_TOO_LONG =
  "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens. " +
  'Please reduce the length of the messages.';
export const INPUT_TOO_LONG =
  'Your input exceeds the context window of this model. Please adjust your input and try again.';
export const FILTERED =
  "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify " +
  'your prompt and retry. To learn more about our content filtering policies please read our documentation: ' +
  'https://go.microsoft.com/fwlink/?linkid=2198766';
/** OpenAI itself has no such filter: this is Azure's. */
export const FILTER = {
  status: 400,
  innererror: {
    code: 'ResponsibleAIPolicyViolation',
    content_filter_result: {
      hate: { filtered: false, severity: 'safe' },
      self_harm: { filtered: false, severity: 'safe' },
      sexual: { filtered: false, severity: 'safe' },
      violence: { filtered: true, severity: 'medium' },
    },
  },
};

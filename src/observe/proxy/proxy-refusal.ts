import { type Delivery, wholeBody } from '../wire/delivery.ts';

/** Says what is expected, in the shape in which clients show errors. */
export function notFound(what: string): Delivery {
  const message =
    `${what}. Expected: POST /r/<run>/<provider>/ followed by chat/completions, responses, messages or embeddings, ` +
    'as the variables that aigate sets say (OPENAI_BASE_URL, ANTHROPIC_BASE_URL, AIGATE_BASE_URL_<PROVIDER>)';
  const body = JSON.stringify({ error: { type: 'aigate_not_found', code: 'aigate_not_found', message } });
  return wholeBody(404, { 'content-type': 'application/json' }, body);
}

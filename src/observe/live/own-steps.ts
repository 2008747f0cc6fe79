import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { objectsOf, textMember } from '../wire/json-members.ts';

/** A span of the workload's own that says more than the proxy saw. */
export interface OwnStep {
  readonly span: JsonObject;
  readonly isTool: boolean;
}

/** Model calls are recorded by the proxy, which saw what really went over the wire. */
const SEEN_BY_PROXY = new Set(['chat', 'text_completion', 'generate_content', 'embeddings']);

/** Tools, approvals, retrievals and marks that the workload recorded itself. Whatever is no span is left out. */
export function ownSteps(resourceSpans: readonly unknown[]): OwnStep[] {
  return objectsOf(resourceSpans)
    .flatMap((resource) => objectsOf(resource['scopeSpans']))
    .flatMap((scope) => objectsOf(scope['spans']))
    .flatMap((span) => {
      const operation = operationOf(span);
      return SEEN_BY_PROXY.has(operation) ? [] : [{ span, isTool: operation === 'execute_tool' }];
    });
}

function operationOf(span: JsonObject): string {
  const attribute = objectsOf(span['attributes']).find(({ key }) => key === 'gen_ai.operation.name');
  const value = attribute?.['value'];
  return (isObject(value) ? textMember(value, 'stringValue') : undefined) ?? '';
}

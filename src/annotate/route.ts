import { isModelOrSnapshot } from '../contract/model-name.ts';
import type { ModelRoute, Plan } from '../contract/plan.ts';
import { providerId } from '../contract/provider-name.ts';
import type { ModelCall, Route } from '../contract/run.ts';

type Called = Pick<ModelCall, 'provider' | 'requestedModel' | 'servedModel'>;

/**
 * The declared model a call went to: the first, primary before fallbacks, that names the requested model (the served
 * one where no request was recorded) and whose provider agrees where one was recorded.
 */
export function routeOf(call: Called, { primary, fallback }: Plan['models']): Route {
  const model = call.requestedModel ?? call.servedModel;
  if (model === undefined) return 'not-recorded';
  const isMeant = (declared: ModelRoute) => isModelOrSnapshot(model, declared.model) && agrees(call.provider, declared);
  if (isMeant(primary)) return 'primary';
  const index = fallback.findIndex(isMeant);
  return index === -1 ? 'undeclared' : `fallback/${index}`;
}

/** Recordings name the vendor of the model or the cloud that serves it: `anthropic` or `aws.bedrock`. */
function agrees(provider: string | undefined, declared: ModelRoute): boolean {
  if (provider === undefined) return true;
  const id = providerId(provider);
  return id === providerId(declared.provider) || (declared.cloud !== undefined && id === providerId(declared.cloud));
}

// OpenFeature for pages: one context until it changes.
import { OpenFeatureEventEmitter, ProviderEvents, ProviderNotReadyError } from '@openfeature/web-sdk';
import type { EvaluationContext, JsonValue, Provider, TrackingEventDetails } from '@openfeature/web-sdk';
import type { Client } from './client.js';
import { contextOf, detailsOf, onChange, resolve } from './openfeature.js';
import type { ProviderOptions } from './openfeature.js';

export { exposureHook } from './openfeature.js';

/** Evaluations, events and the end of a client, whose owner the provider becomes. */
export function providerOf(client: Client, { units, within }: ProviderOptions = {}): Provider {
  const events = new OpenFeatureEventEmitter();
  const answer = <T>(flag: string, fallback: T, context: EvaluationContext) =>
    resolve(client, flag, fallback, contextOf(context, units));
  const load = async (context: EvaluationContext) => {
    if (!(await client.ready(contextOf(context, units), within))) throw new ProviderNotReadyError('no configuration yet');
  };
  return {
    metadata: { name: 'touchstone' },
    runsOn: 'client',
    events,
    async initialize(context = {}) {
      await load(context);
      onChange(client, () => events.emit(ProviderEvents.ConfigurationChanged, {}));
    },
    onContextChange: (_, context) => load(context),
    resolveBooleanEvaluation: answer<boolean>,
    resolveStringEvaluation: answer<string>,
    resolveNumberEvaluation: answer<number>,
    resolveObjectEvaluation: answer<JsonValue> as Provider['resolveObjectEvaluation'],
    track(name: string, context: EvaluationContext, details?: TrackingEventDetails) {
      client.track(name, contextOf(context, units), detailsOf(details));
    },
    onClose: async () => void (await client.close()),
  };
}

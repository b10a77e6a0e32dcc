// OpenFeature for servers: each evaluation brings its context.
import { OpenFeatureEventEmitter, ProviderEvents, ProviderNotReadyError } from '@openfeature/server-sdk';
import type { EvaluationContext, JsonValue, Provider, TrackingEventDetails } from '@openfeature/server-sdk';
import type { Client } from './client.js';
import { contextOf, detailsOf, onChange, resolve } from './openfeature.js';
import type { ProviderOptions } from './openfeature.js';

export { exposureHook } from './openfeature.js';

/** Evaluations, events and the end of a client, whose owner the provider becomes. */
export function providerOf(client: Client, { units, within }: ProviderOptions = {}): Provider {
  const events = new OpenFeatureEventEmitter();
  const answer = async <T>(flag: string, fallback: T, context: EvaluationContext) => {
    const asked = contextOf(context, units);
    const given = resolve(client, flag, fallback, asked);
    if (given.errorCode !== 'PROVIDER_NOT_READY') return given;
    await client.ready(asked, within);
    return resolve(client, flag, fallback, asked);
  };
  return {
    metadata: { name: 'touchstone' },
    runsOn: 'server',
    events,
    async initialize() {
      if (!(await client.ready(undefined, within))) throw new ProviderNotReadyError('no configuration yet');
      onChange(client, () => events.emit(ProviderEvents.ConfigurationChanged, {}));
    },
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

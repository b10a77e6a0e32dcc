// What both OpenFeature providers share: contexts, details and exposures in OpenFeature's words.
import type {
  BaseHook, ErrorCode, EvaluationContext, EvaluationContextValue, FlagMetadata, ResolutionDetails, TrackingEventDetails,
} from '@openfeature/core';
import type { Client, Details, Result } from './client.js';
import type { Attribute, Context, Exposure } from './document.js';

export interface ProviderOptions {
  /** Fields of the context that are ids of further units; by default device, account and session. The targetingKey is
   * the user. */
  units?: readonly string[];
  /** How long to wait until there is something to decide by; by default 5000 ms. */
  within?: number;
}

type Plain = { [name: string]: Attribute };

/** Nested members as "address.city", dates as texts; of lists what is a text, a number or a boolean. */
function flatten(into: Plain, name: string, value: EvaluationContextValue): Plain {
  if (value instanceof Date) into[name] = value.toISOString();
  else if (Array.isArray(value)) into[name] = value.filter((each) => typeof each !== 'object').map(String);
  else if (typeof value === 'object' && value)
    for (const [key, member] of Object.entries(value)) flatten(into, name ? `${name}.${key}` : key, member);
  else into[name] = value as Attribute;
  return into;
}

export function contextOf({ targetingKey, ...fields }: EvaluationContext, units: readonly string[] = ['device', 'account', 'session']): Context {
  const attributes = flatten({}, '', fields);
  const ids = units.flatMap((type) => (typeof attributes[type] === 'string' ? [[type, attributes[type]]] : []));
  return { attributes, units: Object.fromEntries(targetingKey ? [['user', targetingKey], ...ids] : ids) };
}

function metadataOf({ experiment, exposure, cause }: Result, version: number): FlagMetadata {
  return {
    cause, version: `${version}`,
    ...(experiment && { experiment }),
    ...(exposure && { exposure: exposure.by, unitType: exposure.unit.type, unit: exposure.unit.id }),
    ...(exposure?.phase && { phase: exposure.phase }),
  };
}

/** What a client gives, as OpenFeature wants it. */
export function resolve<T>(client: Client, flag: string, fallback: T, context: Context): ResolutionDetails<T> {
  const result = client.evaluate(flag, fallback, context);
  const { value, reason, variant, problem, cause } = result;
  return {
    value, reason, flagMetadata: metadataOf(result, client.status().version),
    ...(variant && { variant }),
    ...(problem && { errorCode: problem as ErrorCode, errorMessage: cause }),
  };
}

/** An exposure as soon as a flag was evaluated, also where the experiment leaves it to the client to say when: give it
 * to the evaluation whose value is shown at once. */
export function exposureHook(client: Client): BaseHook<any> {
  return {
    after: ({ flagKey: flag }, { value, variant, flagMetadata: { experiment, exposure, unitType, unit, phase } }) => {
      if (!variant || !exposure) return;
      client.expose({
        flag, value, variant, experiment: `${experiment}`, reason: 'SPLIT', cause: '',
        exposure: {
          by: exposure as Exposure['by'], unit: { type: `${unitType}`, id: `${unit}` }, ...(phase ? { phase: +phase } : {}),
        },
      });
    },
  };
}

export function detailsOf({ value, ...properties }: TrackingEventDetails = {}): Details {
  return { ...(value !== undefined && { value }), ...(Object.keys(properties).length && { properties }) };
}

/** Tells of each change of the configuration from now on. */
export function onChange(client: Client, tell: () => void): void {
  let { version } = client.status();
  client.on((what) => {
    if (what !== 'config' || client.status().version === version) return;
    ({ version } = client.status());
    tell();
  });
}

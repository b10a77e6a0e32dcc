// An event in a line.
import type { StoredEvent } from './api/client';

type Event = StoredEvent['event'];

const unit = (who: Event['unit'] | undefined): string => (who === undefined ? '' : typeof who === 'string' ? who : who.type === 'user' ? who.id : `${who.type} ${who.id}`);

export const unitWords = ({ unit: who }: Event): string => unit(who);

/** "purchase", "checkout: one-page", "is user 7" */
export function eventWords(event: Event): string {
  if (event.type === 'exposure') return `${event.experiment}: ${event.variant}`;
  if (event.type === 'link') return `is ${unit(event.to)}`;
  return event.type === 'traits' ? 'traits' : (event.name ?? '');
}

/** Everything else that it says. */
export function detailWords({ value, properties, attributes, channel, touchpoint }: Event): string {
  const data = Object.entries({ ...properties, ...attributes }).map(([name, each]) => `${name} ${JSON.stringify(each)}`);
  return [...(value === undefined ? [] : [String(value)]), ...data, ...(channel ? [channel] : []), ...(touchpoint ? [touchpoint] : [])].join(', ');
}

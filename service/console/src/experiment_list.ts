// Which experiments a list shows, in which order.
import type { Experiment } from './api/client';
import { matches } from './search';

export const states = ['draft', 'running', 'paused', 'stopped', 'archived'] as const;
export const stateWords = { draft: 'Draft', running: 'Running', paused: 'Paused', stopped: 'Stopped', archived: 'Archived' } as const;

export const orders = [['latest', 'Latest first'], ['name', 'By name'], ['owner', 'By owner']] as const;
export type Order = (typeof orders)[number][0];

export interface Filter {
  sought: string;
  state: string; // empty: whatever is not archived
  owner: string;
  tag: string;
}

export const readFilter = (query: URLSearchParams): Filter =>
  ({ sought: query.get('q') ?? '', state: query.get('state') ?? '', owner: query.get('owner') ?? '', tag: query.get('tag') ?? '' });

const inState = (each: Experiment, state: string) => (state === '' ? each.state !== 'archived' : each.state === state);

const passes = (each: Experiment, { sought, owner, tag }: Filter): boolean =>
  (owner === '' || each.owner === owner) && (tag === '' || each.tags.includes(tag))
  && matches(sought, each.key, each.name, each.hypothesis, each.owner, ...each.tags);

/** What passes, and how many would in each state; `''`: in all that are not archived. */
export function filtered(all: Experiment[], filter: Filter): { shown: Experiment[]; counts: Map<string, number> } {
  const passing = all.filter((each) => passes(each, filter));
  const counts = new Map(['', ...states].map((state) => [state, passing.filter((each) => inState(each, state)).length]));
  return { shown: passing.filter((each) => inState(each, filter.state)), counts };
}

const words = new Intl.Collator('en', { numeric: true });
const title = ({ name, key }: Experiment): string => name || key;

/** When it ended, or its present phase began; what has not started yet is the latest of all. */
const latest = ({ phases }: Experiment): string => phases.at(-1)?.ended_at ?? phases.at(-1)?.started_at ?? '~';

/** Equal ones by name. */
export function sorted(all: Experiment[], order: Order): Experiment[] {
  const rank = {
    latest: (a: Experiment, b: Experiment) => (latest(a) < latest(b) ? 1 : latest(a) > latest(b) ? -1 : 0),
    name: () => 0,
    owner: (a: Experiment, b: Experiment) => Number(a.owner === '') - Number(b.owner === '') || words.compare(a.owner, b.owner),
  }[order];
  return [...all].sort((a, b) => rank(a, b) || words.compare(title(a), title(b)) || (a.key < b.key ? -1 : 1));
}

/** What may be chosen of a member: each value once, in order. */
export const valuesOf = (all: Experiment[], values: (each: Experiment) => string[]): string[] =>
  [...new Set(all.flatMap(values))].filter(Boolean).sort(words.compare);

import type { Flag } from './api/client';
import { matches } from './search';

export const flagStates = [['', 'All'], ['on', 'On'], ['off', 'Off'], ['archived', 'Archived']] as const;

const inState = (flag: Flag, state: string): boolean =>
  state === 'archived' ? flag.archived : !flag.archived && (state === '' || flag.enabled === (state === 'on'));

export const experimentsOf = (flag: Flag): string[] => flag.rules.flatMap(({ experiment }) => (experiment === undefined ? [] : [experiment]));

/** What is sought, by state. */
export function filteredFlags(all: Flag[], sought: string): Map<string, Flag[]> {
  const passing = all.filter((flag) => matches(sought, flag.key, flag.name, flag.description, ...experimentsOf(flag)));
  return new Map(flagStates.map(([state]) => [state, passing.filter((flag) => inState(flag, state))]));
}

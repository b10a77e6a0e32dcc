// Where things are. What a list shows stands in the query of its address, so that a link shows the same.
import { useEffect, useState } from 'preact/hooks';

const at = (page: string) => (key: string): string => `/console/${page}/${encodeURIComponent(key)}`;
export const experimentAddress = at('experiments');
export const flagAddress = at('flags');
export const metricAddress = at('metrics');
export const segmentAddress = at('segments');
export const reportAddress = (key: string): string => `/experiments/${encodeURIComponent(key)}`;

const places: Record<string, (key: string) => string> = { experiment: experimentAddress, flag: flagAddress, metric: metricAddress, segment: segmentAddress, environment: () => '/console/environment' };

/** Of one thing, where it has a page. */
export const entityAddress = (entity: string, key: string): string | undefined => places[entity]?.(key);

/** A value that is empty leaves the query. */
export type QueryChange = Record<string, string>;

/** The same address with another query. */
export function withQuery(query: URLSearchParams, change: QueryChange): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) value === '' ? next.delete(name) : next.set(name, value);
  const text = next.toString();
  return text ? `${location.pathname}?${text}` : location.pathname;
}

/** Puts a question into the address, so that a link asks it again. */
export const replaceQuery = (query: Record<string, string>): void =>
  history.replaceState(null, '', `${location.pathname}?${new URLSearchParams(query)}`);

/** The query of the address. What is typed replaces the entry of the browser's history, what is chosen is a new one. */
export function useQuery(): { query: URLSearchParams; choose: (change: QueryChange) => void; type: (change: QueryChange) => void } {
  const [query, put] = useState(() => new URLSearchParams(location.search));
  const refresh = () => put(new URLSearchParams(location.search));
  useEffect(() => {
    addEventListener('popstate', refresh);
    return () => removeEventListener('popstate', refresh);
  }, []);
  const go = (move: 'pushState' | 'replaceState') => (change: QueryChange) => {
    history[move](null, '', withQuery(new URLSearchParams(location.search), change));
    refresh();
  };
  return { query, choose: go('pushState'), type: go('replaceState') };
}

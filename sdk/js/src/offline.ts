// Events that outlive the page: `createClient({ queue: offlineQueue(localStorage) })`.
import type { Store } from './options.js';

export interface EventStore extends Store {
  readonly length: number;
  key(index: number): string | null;
  removeItem(key: string): void;
}

/** A queue of which each event also lies in the store, under a key of its own, until it is acknowledged: what another
 * page left is sent, and what several pages send counts once. Where the store is full, memory alone remembers. */
export function offlineQueue(store: EventStore, prefix = 'touchstone-event '): Map<string, string> {
  const left = Array.from({ length: store.length }, (_, at) => store.key(at)!).filter((key) => key.startsWith(prefix));
  const queue = new Map(left.map((key) => [key.slice(prefix.length), store.getItem(key)!]));
  return Object.assign(queue, {
    set(id: string, text: string) {
      try {
        store.setItem(prefix + id, text);
      } catch {
        // Full, or forbidden: the page's own memory still holds it.
      }
      return Map.prototype.set.call(queue, id, text) as Map<string, string>;
    },
    delete(id: string) {
      store.removeItem(prefix + id);
      return Map.prototype.delete.call(queue, id);
    },
  });
}

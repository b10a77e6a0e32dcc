// Events that outlive the page: `createClient({ queue: offlineQueue(localStorage) })`.
import type { Event, Store } from './options.js';

export interface EventStore extends Store {
  readonly length: number;
  key(index: number): string | null;
  removeItem(key: string): void;
}

/** A queue of which each event also lies in the store, under a key of its own, until it is acknowledged: what another
 * page left is sent, what several pages send counts once. Where the store is full, memory alone remembers. */
export function offlineQueue(store: EventStore, prefix = 'touchstone-event '): Map<string, Event> {
  const queue = new Map<string, Event>();
  const left = Array.from({ length: store.length }, (_, at) => store.key(at)!).filter((key) => key.startsWith(prefix));
  for (const key of left)
    try {
      const event = JSON.parse(store.getItem(key)!) as Event;
      queue.set(event.id, event);
    } catch {
      store.removeItem(key);
    }
  return Object.assign(queue, {
    set(id: string, event: Event) {
      try {
        store.setItem(prefix + id, JSON.stringify(event));
      } catch {
        // Full, or forbidden: the page's own memory still holds it.
      }
      return Map.prototype.set.call(queue, id, event) as Map<string, Event>;
    },
    delete(id: string) {
      store.removeItem(prefix + id);
      return Map.prototype.delete.call(queue, id);
    },
  });
}

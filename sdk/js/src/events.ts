// What waits to be sent, until the server has acknowledged it.
import type { Failure, Link } from './link.js';
import type { Event, Listener, Settled } from './options.js';

interface Verdicts {
  readonly items: readonly { readonly verdict: string }[];
}

/** Characters of one body, each at most three bytes: of a request, and of one that outlives its page. */
const whole = 3e5;
const parting = 2e4;

export function eventsTo({ call, cycle }: Link, { queue, wait, batch, capacity, now }: Settled, tell: Listener) {
  let least = batch;
  const time = () => new Date(now()).toISOString();

  function take(room: number): Event[] {
    const taken: Event[] = [];
    for (const event of queue.values()) {
      room -= JSON.stringify(event).length;
      if (taken[0] && (room < 0 || taken.length >= batch)) break;
      taken.push(event);
    }
    return taken;
  }

  /** Sends what waits, and goes on while that fills batches; in a hurry until nothing waits. What cannot be read as a whole would never be: it is dropped, and so is what is refused. */
  async function send(room: number): Promise<void> {
    while (queue.size) {
      const events = take(room);
      let dropped = events;
      let why: unknown;
      try {
        const { items } = await call<Verdicts>('/v1/events', (response) => response.json(), {
          method: 'POST', keepalive: room < whole, body: JSON.stringify({ sent_at: time(), events }),
        });
        dropped = events.filter((_, at) => items[at]!.verdict === 'refused');
        why = items;
      } catch (error) {
        if (![400, 413, 422].includes((error as Failure).status!)) throw error;
        why = error;
      }
      for (const { id } of events) queue.delete(id);
      if (dropped[0]) tell('drop', { events: dropped, why });
      tell('sent', events.length);
      if (queue.size < least) return;
    }
    least = batch;
  }

  const soon = cycle(async () => {
    await send(whole);
    if (queue.size) return wait;
  });
  const hurry = () => {
    least = 1;
    soon();
  };
  hurry();

  return {
    hurry,
    /** False, and told, where there is no room. */
    add(item: Omit<Event, 'id' | 'ts'>): boolean {
      const id = globalThis.crypto?.randomUUID?.() ?? `${Math.random()}${Math.random()}`;
      const event = { id, ts: time(), ...item } as Event;
      const room = queue.size < capacity;
      if (room) {
        queue.set(id, event);
        soon(queue.size < batch ? wait : 0);
      } else tell('drop', { events: [event], why: 'full' });
      return room;
    },
    /** With the page's last breath; what is not acknowledged stays. */
    part() {
      least = 1;
      send(parting).catch(() => {});
    },
  };
}

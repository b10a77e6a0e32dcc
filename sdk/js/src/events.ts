// What waits to be sent, until the server has acknowledged it.
import type { Failure, Link } from './link.js';
import type { Call, Happening, Listener, Settled } from './options.js';

/** One verdict per event; with a status the body as a whole was refused. */
interface Answer {
  readonly items?: readonly { readonly verdict: string }[];
  readonly status?: number;
}

/** Characters of one body, each at most three bytes: of a request, and of one that outlives its page. */
const whole = 3e5;
const parting = 2e4;

export function eventsTo(call: Call, cycle: Link['cycle'], { queue, wait, batch, capacity, now }: Settled, tell: Listener) {
  let least = batch;
  const time = () => new Date(now()).toISOString();

  function take(room: number) {
    const taken: (readonly [id: string, text: string])[] = [];
    for (const entry of queue) {
      room -= entry[1].length;
      if (taken[0] && (room < 0 || taken.length >= batch)) break;
      taken.push(entry);
    }
    return taken;
  }

  /** Sends what waits, and goes on while that fills batches; in a hurry until nothing waits. What cannot be read as a
   * whole would never be: it is dropped, and so is what is refused. */
  async function send(room: number): Promise<void> {
    while (queue.size) {
      const taken = take(room);
      const body = `{"sent_at":"${time()}","events":[${taken.map(([, text]) => text)}]}`;
      const answer = await call<Answer>('/v1/events', (response) => response.json(), {
        method: 'POST', keepalive: room < whole, body,
      }).catch((error: Failure) => {
        if ([400, 413, 422].includes(error.status!)) return error as Answer;
        throw error;
      });
      const dropped = taken.filter(([id], at) => {
        const refused = answer.status || answer.items![at]!.verdict === 'refused';
        return queue.delete(id) && refused;
      });
      if (dropped[0]) tell('drop', { events: dropped, why: answer });
      tell('sent', taken.length);
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
    /** False, and told, where there is no room. Id, time and content are fixed now: a repetition is the same. */
    add(item: Happening): boolean {
      const id = globalThis.crypto?.randomUUID?.() ?? `${Math.random()}${Math.random()}`;
      const text = JSON.stringify({ id, ts: time(), ...item });
      const room = queue.size < capacity;
      if (room) {
        queue.set(id, text);
        soon(queue.size < batch ? wait : 0);
      } else tell('drop', { events: [[id, text]], why: 'full' });
      return room;
    },
    /** With the page's last breath; what is not acknowledged stays. */
    part() {
      least = 1;
      send(parting).catch(() => {});
    },
  };
}

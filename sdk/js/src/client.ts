import type { Context, Decision, Unit } from './document.js';
import { eventsTo } from './events.js';
import { murmur3 } from './hash.js';
import { linkTo } from './link.js';
import type { Listener, Options, Source } from './options.js';

/** What a flag gives in the program: the value, or the default in the code where there is none. */
export interface Result<T = unknown> extends Omit<Decision, 'value'> {
  readonly flag: string;
  readonly value: T;
}

export interface Details {
  readonly value?: number;
  readonly properties?: { readonly [name: string]: unknown };
}

export interface Status {
  readonly version: number;
  /** When the server last confirmed the configuration; 0: not yet. */
  readonly fresh: number;
  readonly queued: number;
  readonly dropped: number;
}

export interface Client {
  /** True as soon as there is something to decide by, for this context; false when the time is over. */
  ready(context?: Context, within?: number): Promise<boolean>;
  /** What the unit sees. Tells its exposure where the experiment says that asking exposes. */
  evaluate<T>(flag: string, fallback: T, context: Context): Result<T>;
  /** The same, and nobody is exposed. */
  peek<T>(flag: string, fallback: T, context: Context): Result<T>;
  /** The unit meets its variant now; `attributes` are what the analysis may split by. Once for each unit and variant;
   * false: nothing to tell, or no room. */
  expose(result: Result, attributes?: Context['attributes']): boolean;
  /** Something happened to the unit: `user` if the context has one, else its first. False: dropped and counted. */
  track(name: string, context: Context, details?: Details): boolean;
  /** From now on `unit` is known to be `to`. */
  identify(unit: Unit, to: Unit): boolean;
  /** True once everything that waits is acknowledged; false when the time is over. */
  flush(within?: number): Promise<boolean>;
  /** Flushes, then ends. Says how many events were not acknowledged. */
  close(within?: number): Promise<number>;
  status(): Status;
  /** Hears what happens until the answer is called. A listener must not throw. */
  on(listener: Listener): () => void;
}

export function clientOf(given: Options, source: Source): Client {
  const page = globalThis.document;
  const options = {
    queue: new Map<string, string>(), stream: !page, poll: 6e4, wait: 1e3, batch: 200, capacity: 1e4, retry: 1e3, cap: 3e4, timeout: 1e4,
    now: Date.now, ...given,
  };
  const { queue, capacity, store, url, key, bootstrap, poll, stream, timeout, retry } = options;
  const { version } = source;
  const place = `touchstone ${url} ${murmur3(key)}`;
  const listeners = new Set<Listener>();
  const exposed = new Set<string>();
  let dropped = 0;
  let fresh = 0;
  let announced = 0;
  let closed = false;

  const tell: Listener = (what, detail) => {
    if (what === 'drop') dropped += detail.events.length;
    for (const listener of listeners) listener(what, detail);
  };
  const on = (listener: Listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const until = (done: () => boolean, within: number) =>
    new Promise<boolean>((resolve) => {
      const end = () => {
        off();
        clearTimeout(late);
        resolve(done());
      };
      const off = on(() => done() && end());
      const late = setTimeout(end, done() ? 0 : within);
    });

  const { call, cycle, end } = linkTo(options, tell);
  const events = eventsTo(call, cycle, options, tell);
  const sync = cycle(async () => {
    const kept = await source.sync(call);
    fresh = Date.now();
    tell('config', kept);
    store?.setItem(place, JSON.stringify(kept));
    // Clients that were started together do not ask together.
    return (version() < announced ? retry : poll) * (0.5 + Math.random());
  });
  /** Lives as long as the stream does; that it ended is a failure like others. */
  const listen = cycle(() =>
    call('/v1/stream', async (response, alive) => {
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ''; ; ) {
        const { value, done } = await reader.read();
        if (done) throw Error('ended');
        alive();
        const lines = (text + value).split(/[\r\n]+/);
        text = lines.pop()!;
        for (const line of lines)
          if (line.startsWith('data:')) {
            announced = JSON.parse(line.slice(5)).config_version;
            if (announced !== version()) sync();
          }
      }
    }, { headers: { 'last-event-id': `${version()}` } }, timeout * 5));

  const add: typeof events.add = (item) => !closed && events.add(item);
  const part = () => page.hidden && events.part();

  const client: Client = {
    on,
    ready(context, within = 5e3) {
      if (!source.has(context)) sync();
      return until(() => source.has(context), within);
    },
    peek(flag, fallback, context) {
      let decision: Decision = { reason: 'ERROR', cause: 'not_ready', problem: 'PROVIDER_NOT_READY' };
      try {
        if (source.has(context)) decision = source.decide(flag, context);
        else sync();
      } catch (error) {
        decision = { reason: 'ERROR', cause: 'not_local: ' + (error as Error).message, problem: 'GENERAL' };
      }
      if (fallback != null && typeof (decision.value ?? fallback) !== typeof fallback)
        decision = { reason: 'ERROR', cause: 'type', problem: 'TYPE_MISMATCH' };
      const result = { ...decision, flag, value: (decision.value ?? fallback) as any };
      tell('evaluate', result);
      return result;
    },
    evaluate(flag, fallback, context) {
      const result = client.peek(flag, fallback, context);
      if (result.exposure?.by === 'evaluate') client.expose(result);
      return result;
    },
    expose({ experiment, variant, exposure }, attributes) {
      if (!exposure || exposure.by === 'event') return false;
      const { unit } = exposure;
      const seen = JSON.stringify([experiment, variant, exposure]);
      if (exposed.has(seen)) return false;
      if (!add({ type: 'exposure', unit, experiment, variant, config_version: version(), attributes })) return false;
      // What is told again is no second exposure: forgetting costs a request, remembering all would cost memory.
      if (exposed.size > capacity) exposed.clear();
      exposed.add(seen);
      return true;
    },
    track(name, { units }, details) {
      const type = units.user ? 'user' : Object.keys(units)[0]!;
      return add({ type: 'event', name, unit: { type, id: units[type]! }, ...details });
    },
    identify: (unit, to) => add({ type: 'link', unit, to }),
    flush(within = 5e3) {
      events.hurry();
      return until(() => !queue.size, within);
    },
    async close(within) {
      await client.flush(within);
      closed = true;
      page?.removeEventListener('visibilitychange', part);
      end();
      return queue.size;
    },
    status: () => ({ version: version(), fresh, queued: queue.size, dropped }),
  };

  for (const read of [() => JSON.parse(store!.getItem(place)!), () => bootstrap])
    try {
      source.take(read());
    } catch {
      // Nothing is kept there, or nothing that can be read: as if there were nothing.
    }
  page?.addEventListener('visibilitychange', part);
  sync();
  if (stream) listen();
  return client;
}

// One server: requests with a deadline, and what is done again and again with it.
import type { Call, Listener, Settled } from './options.js';

export interface Failure extends Error {
  status?: number;
  after?: number;
}

type Timer = ReturnType<typeof setTimeout> | undefined;

/** Keeps no process alive. */
function timer(run: () => void, after: number): Timer {
  const made: any = setTimeout(run, after);
  made.unref?.();
  return made;
}

export type Link = ReturnType<typeof linkTo>;

export function linkTo({ url, key, timeout, retry, cap }: Settled, tell: Listener) {
  const ends = new Set<() => void>();
  let closed = false;

  const call: Call = async (path, read, init = {}, deadline = timeout) => {
    const abort = new AbortController();
    const end = () => abort.abort();
    let late: Timer;
    const alive = () => {
      clearTimeout(late);
      late = timer(end, deadline);
    };
    ends.add(end);
    alive();
    try {
      const response = await fetch(url + path, {
        ...init,
        headers: { authorization: 'Bearer ' + key, 'content-type': 'application/json', ...init.headers },
        signal: abort.signal,
      });
      const { status } = response;
      if (status > 399) {
        const wanted: any = response.headers.get('retry-after');
        // Seconds or a date; at most an hour.
        const after = Math.max(0, Math.min(36e5, wanted * 1e3 || Date.parse(wanted) - Date.now())) || 0;
        throw Object.assign(Error(path + ' ' + status), { status, after });
      }
      return await read(response, alive);
    } finally {
      clearTimeout(late);
      ends.delete(end);
      end();
    }
  };

  /** Does a task when asked to, one at a time; again so much later as it answers, or after a failure by full jitter. */
  function cycle(task: () => Promise<number | void>) {
    let next: Timer;
    let running = false;
    let again = false;
    let attempt = 0;
    const arm = (after?: number | void) => {
      clearTimeout(next);
      next = closed || after === undefined ? undefined : timer(run, after);
    };
    const run = async () => {
      const start = Date.now();
      let after;
      running = true;
      again = false;
      arm();
      try {
        after = await task();
        if (again) after = 0;
        attempt = 0;
      } catch (error) {
        if (Date.now() - start > cap) attempt = 0;
        after = ((error as Failure).after || 0) + Math.random() * Math.min(cap, retry * 2 ** attempt++);
        if (!closed) tell('error', error);
      }
      running = false;
      arm(after);
    };
    ends.add(arm);
    /** Soon, unless it waits after a failure; at once while it is being done means once more. */
    return (after = 0) => {
      again ||= !after;
      if (running || attempt || (after && next)) return;
      if (after) arm(after);
      else void run();
    };
  }

  return {
    call, cycle,
    end() {
      closed = true;
      for (const end of ends) end();
    },
  };
}

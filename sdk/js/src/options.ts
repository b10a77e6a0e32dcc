import type { Context, Decision, Unit } from './document.js';

/** What is sent to `/v1/events`, but for its id and time: those are made once, so that it counts once however often it
 * is sent. */
export interface Happening {
  readonly type: 'event' | 'exposure' | 'link' | 'traits';
  readonly unit: Unit;
  readonly [member: string]: unknown;
}

/** Where configuration outlives the process: `localStorage` is one. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** All times are milliseconds. */
export interface Options {
  url: string;
  key: string;
  /** What to start with before the server has answered: `touchstone` takes a snapshot, `touchstone/remote` results. */
  bootstrap?: unknown;
  store?: Store;
  /** Where events wait, as JSON by id; by default in memory. */
  queue?: Map<string, string>;
  /** Hear of changes at once; by default outside of pages, which have few connections to share among their tabs. */
  stream?: boolean;
  /** Look for changes besides; by default each minute, give or take a half. */
  poll?: number;
  /** How long an event may wait for others; by default 1000. */
  wait?: number;
  /** Events of one request; by default 200. */
  batch?: number;
  /** Events that may wait; further ones are dropped and counted. By default 10,000. */
  capacity?: number;
  /** After a failure: a random part of min(cap, retry * 2^n), and never less than Retry-After. By default 1000. */
  retry?: number;
  /** By default 30,000. */
  cap?: number;
  /** When a request counts as failed; by default 10,000. A stream gets five times that between two lines. */
  timeout?: number;
  now?: () => number;
}

/** What happens, for logs, overlays and providers. Details: of `config` the rules or results, of `evaluate` the result,
 * of `sent` how many events were answered, of `drop` {events: [id, JSON] of each, why}, of `error` what went wrong and is tried again. */
export type Listener = (what: 'config' | 'evaluate' | 'sent' | 'drop' | 'error', detail?: any) => void;

export type Settled = Required<Omit<Options, 'bootstrap' | 'store'>> & Options;

/** Asks the server. `read` makes an answer of the response; `alive` gives it more time. */
export type Call = <T>(path: string, read: (response: Response, alive: () => void) => Promise<T>, init?: RequestInit,
  deadline?: number) => Promise<T>;

/** What is decided by: rules, or results. */
export interface Source {
  /** Of the configuration; 0: none yet. */
  version(): number;
  /** Takes what a page or a store holds, unless something newer is there. */
  take(kept: any): void;
  /** Becomes as new as the server is; gives what to store. */
  sync(call: Call): Promise<unknown>;
  /** Whether there is something to decide by, for this context. */
  has(context?: Context): boolean;
  decide(flag: string, context: Context): Decision;
}

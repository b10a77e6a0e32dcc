// Decides by results of the server: `touchstone/remote`.
import { clientOf } from './client.js';
import type { Client } from './client.js';
import type { Options } from './options.js';
import { results } from './results.js';

export type * from './client.js';
export type * from './options.js';
export type { Results } from './results.js';

/** For any key; keys of kind client may do nothing else. Results come per context: wait for `ready(context)`. */
export const createClient = (options: Options): Client => clientOf(options, results());

// The core: decides by the rules.
import { clientOf } from './client.js';
import type { Client } from './client.js';
import { rules } from './local.js';
import type { Options } from './options.js';

export { decide } from './decide.js';
export type * from './client.js';
export type * from './document.js';
export type * from './options.js';

/** For keys of kind sdk and server. */
export const createClient = (options: Options): Client => clientOf(options, rules());

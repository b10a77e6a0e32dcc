// Decides by results of the server: for keys that may not read the rules.
import { own } from './document.js';
import type { Context, Decision, Exposure, Keyed } from './document.js';
import type { Failure } from './link.js';
import type { Call, Source } from './options.js';

/** The answer of `POST /v1/evaluate` without `flag`. */
export interface Results {
  readonly config_version: number;
  readonly evaluations: readonly Evaluation[];
}

export interface Evaluation extends Omit<Decision, 'problem' | 'exposure'> {
  readonly flag: string;
  readonly error?: string;
  readonly exposes?: Exposure;
}

interface Known {
  readonly context: Context;
  results?: Results;
  found?: Keyed<Decision>;
  /** The server cannot read this context. */
  refused?: boolean;
}

/** Contexts whose results are kept; the one that was asked for longest ago makes room. */
const most = 100;

const nameOf = ({ units, attributes = {} }: Context) => JSON.stringify([units, attributes]);

export function results(): Source {
  const known = new Map<string, Known>();

  function entryOf(context: Context): Known {
    const name = nameOf(context);
    const entry = known.get(name) ?? { context };
    known.delete(name);
    known.set(name, entry);
    if (known.size > most) known.delete(known.keys().next().value!);
    return entry;
  }

  function put(entry: Known, results: Results) {
    if (entry.results && entry.results.config_version > results.config_version) return;
    entry.results = results;
    entry.found = Object.fromEntries(results.evaluations.map(({ flag, exposes, error, ...rest }) =>
      [flag, { ...rest, ...(exposes && { exposure: exposes }), ...(error && { problem: error }) }]));
  }

  async function ask(call: Call, entry: Known) {
    const { attributes, units } = entry.context;
    const body = JSON.stringify({ attributes, units: Object.entries(units).map(([type, id]) => ({ type, id })) });
    try {
      put(entry, await call('/v1/evaluate', (response) => response.json(), { method: 'POST', body }));
    } catch (error) {
      if ((error as Failure).status !== 422) throw error;
      entry.refused = true;
    }
  }

  const all = () => [...known.values()];
  const versionOf = ({ results }: Known) => results?.config_version ?? 0;
  const version = () => Math.max(0, ...all().map(versionOf));

  return {
    version,
    take(kept: readonly (readonly [Context, Results])[]) {
      for (const [context, results] of kept) put(entryOf(context), results);
    },
    async sync(call) {
      const asked = all().filter((entry) => !entry.refused);
      const behind = asked.filter((entry) => !entry.found || versionOf(entry) < version());
      for (const entry of behind[0] ? behind : asked) await ask(call, entry);
      return all().flatMap(({ context, results }) => (results ? [[context, results]] : []));
    },
    has(context) {
      const { found, refused } = context ? entryOf(context) : { found: true };
      return !!found || !!refused;
    },
    decide(flag, context) {
      const { found, refused } = entryOf(context);
      const problem = refused ? 'INVALID_CONTEXT' : 'FLAG_NOT_FOUND';
      return own(found, flag) ?? { reason: 'ERROR', cause: refused ? 'refused' : 'unknown', problem };
    },
  };
}

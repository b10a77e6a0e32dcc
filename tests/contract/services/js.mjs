// The test service of the SDK for JavaScript.
import { createServer } from 'node:http';
import { createClient as local } from '../../../sdk/js/dist/node.js';
import { notLocal } from '../../../sdk/js/dist/inspect.js';
import { createClient as remote } from '../../../sdk/js/dist/remote.js';

const about = {
  sdk: 'js',
  capabilities: ['local', 'remote', 'stream', 'bootstrap', 'cache', 'clock', 'link', 'not_local'],
  suppressed: {},
};
const stores = new Map();
const clients = new Map();

function storeOf(name) {
  if (!name) return undefined;
  if (!stores.has(name)) stores.set(name, new Map());
  const kept = stores.get(name);
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

/** Without members that were left out: those have the SDK's own default. */
const given = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

async function open(o) {
  const client = (o.mode === 'remote' ? remote : local)(given({
    url: o.url, key: o.key, bootstrap: o.snapshot, store: storeOf(o.cache), stream: o.stream ?? false, poll: o.poll_ms,
    wait: o.flush_ms, batch: o.batch, capacity: o.capacity, retry: o.retry_ms, cap: o.retry_cap_ms, timeout: o.timeout_ms,
    now: o.clock_ms && (() => Date.now() + o.clock_ms),
  }));
  const seen = { stale: false, rules: o.snapshot };
  client.on((what, detail) => {
    if (what === 'error' && !/events/.test(detail.message)) seen.stale = true;
    if (what === 'config') Object.assign(seen, { stale: false, rules: detail });
  });
  const id = `${clients.size + 1}`;
  clients.set(id, { client, seen, context: o.context });
  return { client: id, ready: await client.ready(o.context, o.wait_ms ?? 0) };
}

const answerOf = ({ value = null, variant = null, experiment = null, reason, cause, problem = null }) =>
  ({ value, variant, experiment, reason, cause, problem });

const asks = {
  evaluate: ({ client }, { flag, default: fallback, ...context }) => answerOf(client.evaluate(flag, fallback, context)),
  expose: ({ client }, { flag, default: fallback, ...context }) => {
    const result = client.peek(flag, fallback, context);
    client.expose(result);
    return answerOf(result);
  },
  track: ({ client }, { name, units, ...details }) => ({ queued: client.track(name, { units }, details) }),
  link: ({ client }, { unit, to }) => ({ queued: client.identify(unit, to) }),
  flush: async ({ client }, { timeout_ms }) => ({ delivered: await client.flush(timeout_ms) }),
};

async function status({ client, seen, context }) {
  const { version, queued, dropped } = client.status();
  const ready = await client.ready(context, 0);
  return { ready, config_version: version, stale: seen.stale, queued, dropped, not_local: seen.rules ? notLocal(seen.rules).sort() : [] };
}

async function answer(method, path, body) {
  const [, , id, what] = path.split('/');
  if (path === '/') return about;
  if (path === '/clients') return open(body);
  const held = clients.get(id);
  if (method === 'GET') return status(held);
  if (method === 'DELETE') return { pending: await held.client.close(body.timeout_ms) };
  return asks[what](held, body);
}

const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  try {
    response.end(JSON.stringify(await answer(request.method, request.url, text && JSON.parse(text))));
  } catch (error) {
    response.writeHead(400).end(JSON.stringify({ error: `${error.stack}` }));
  }
});
server.listen(0, '127.0.0.1', () => console.log(`listening http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));

// What the stock OpenFeature SDK for the web does with its stock OFREP provider, row by row. Runs in Node and in a
// browser; `world` has the SDK, where to ask, and a hand on the other side of the network.

function same(actual, expected, about) {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${about}: ${left} instead of ${right}`);
}

async function until(holds, about) {
  for (let left = 2_000; left > 0; --left) {
    const found = await holds();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`never: ${about}`);
}

/** The next requests, as soon as there are so many of them. */
async function asked(world, count, about) {
  const seen = [];
  await until(async () => seen.push(...(await world.take())) && seen.length >= count, about);
  same(seen.length, count, about);
  return seen;
}

const conditional = (request) => request.headers['if-none-match'] !== undefined;
const show = (state) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
  document.dispatchEvent(new Event('visibilitychange'));
};

let domains = 0;

/** A provider of its own domain, where nothing is kept from the row before; without a context it keeps its domain's. */
async function start(world, context, options = {}, domain = `row-${++domains}`) {
  const { OpenFeature, OFREPWebProvider } = world;
  const provider = new OFREPWebProvider({ baseUrl: world.base, headers: [['Authorization', `Bearer ${world.key}`]], ...options });
  if (context) await OpenFeature.setContext(domain, context);
  await world.take();
  await OpenFeature.setProviderAndWait(domain, provider);
  return { domain, client: OpenFeature.getClient(domain) };
}

/** The same with a look at its streams: `streams(n)` waits until so many were opened. */
async function live(world, context, options) {
  const before = (await world.opened()).length;
  const started = await start(world, context, options);
  await asked(world, 1, 'bulk');
  const streams = (count) => until(async () => {
    const opened = await world.opened(before);
    return opened.length >= count && opened;
  }, `${count} streams`);
  return { ...started, streams };
}

export const rows = {
  'the start asks for every flag, unconditionally': async (world) => {
    const { client } = await start(world, { targetingKey: 'u1' });
    const [bulk] = await asked(world, 1, 'bulk');
    same([bulk.method, bulk.url, bulk.status, conditional(bulk)], ['POST', '/ofrep/v1/evaluate/flags', 200, false], 'start');
    same(bulk.headers['content-type'], 'application/json; charset=utf-8', 'media type');
    same(client.providerStatus, 'READY', 'status');
  },

  'evaluations ask nothing and expose nobody': async (world) => {
    const before = await world.exposed();
    const { client } = await start(world, { targetingKey: 'u1' });
    await asked(world, 1, 'bulk');
    const checkout = client.getBooleanDetails('checkout', false);
    same([checkout.reason, checkout.value], ['SPLIT', checkout.variant === 'one-page'], 'experiment');
    same([checkout.flagMetadata.experiment, checkout.flagMetadata.layer], ['checkout', 'checkout'], 'metadata');
    const limit = client.getNumberDetails('limit', 1);
    same([limit.value, limit.reason, limit.variant, limit.flagMetadata.team], [10, 'STATIC', 'few', 'shop'], 'static');
    same(client.getObjectValue('theme', {}), { dark: true }, 'object');
    const code = client.getStringDetails('from-code', 'mine');
    same([code.value, code.reason], ['mine', 'STATIC'], 'default in the code');
    same(client.getNumberDetails('title', 1).errorCode, 'TYPE_MISMATCH', 'another type');
    const missing = client.getStringDetails('nothing', 'mine');
    same([missing.value, missing.errorCode, missing.flagMetadata.flagSetId], ['mine', 'FLAG_NOT_FOUND', 'production'], 'missing');
    same(missing.flagMetadata.configAgeMs >= 0, true, 'age of the configuration');
    same((await world.take()).length, 0, 'requests');
    same(await world.exposed(), before, 'exposures');
  },

  'without a targeting key only the experiment fails': async (world) => {
    const { client } = await start(world, {});
    same(client.getBooleanDetails('checkout', false).errorCode, 'TARGETING_KEY_MISSING', 'experiment');
    same(client.getNumberValue('limit', 1), 10, 'static');
  },

  'a new targeting key asks anew': async (world) => {
    const { domain } = await start(world, { targetingKey: 'u1' });
    await asked(world, 1, 'bulk');
    await world.OpenFeature.setContext(domain, { targetingKey: 'u2' });
    const [again] = await asked(world, 1, 'after the change');
    same([again.status, conditional(again)], [200, false], 'after the change');
  },

  'another attribute under the same key is never answered 304 where the result differs': async (world) => {
    for (const cacheMode of ['local-cache-first', 'disabled']) {
      const { domain, client } = await start(world, { targetingKey: 'u1', plan: 'free' }, { cacheMode });
      await asked(world, 1, 'bulk');
      same(client.getStringValue('title', ''), 'Hello', 'before');
      await world.OpenFeature.setContext(domain, { targetingKey: 'u1', plan: 'pro' });
      const [again] = await asked(world, 1, 'after the change');
      same([again.status, conditional(again)], [200, true], 'after the change');
      await until(() => client.getStringValue('title', '') === 'Welcome back', 'the other value');
      await world.OpenFeature.setContext(domain, { targetingKey: 'u1', plan: 'pro', theme: 'unknown' });
      const [third] = await asked(world, 1, 'after a change that matters to nobody');
      same([third.status, conditional(third)], [304, true], 'after a change that matters to nobody');
    }
  },

  'a second start is ready at once, and confirmed': async (world) => {
    const { domain } = await start(world, { targetingKey: 'u3' });
    await asked(world, 1, 'bulk');
    const { client } = await start(world, undefined, {}, domain);
    same(client.getNumberDetails('limit', 1).reason, 'CACHED', 'reason');
    const [again] = await asked(world, 1, 'in the background');
    same([again.status, conditional(again)], [304, true], 'in the background');
    same(client.getNumberDetails('limit', 1).reason, 'CACHED', 'reason after 304');
  },

  'a tab that is shown again asks whether anything changed': async (world) => {
    const { client } = await start(world, { targetingKey: 'u4' });
    await asked(world, 1, 'bulk');
    show('hidden');
    show('visible');
    const seen = await asked(world, 1, 'shown').catch(() => world.take());
    same(seen.every(({ status }) => status === 304), true, 'shown');
    await world.admin('PATCH', '/v1/flags/limit', { default: 11 });
    show('visible');
    await until(() => client.getNumberValue('limit', 1) === 11, 'the new value');
    await world.admin('PATCH', '/v1/flags/limit', { default: 10 });
  },

  'polling asks conditionally, and goes on after errors': async (world) => {
    const { client } = await start(world, { targetingKey: 'u5' }, { pollInterval: 20, changeDetection: 'polling', disableVisibilityRefresh: true });
    await until(async () => (await world.take()).some((seen) => seen.status === 304 && conditional(seen)), '304');
    for (const status of [500, 401]) {
      await world.fail(status);
      let failed = 0;
      await until(async () => (failed += (await world.take()).filter((seen) => seen.status === status).length) > 1, `${status} twice`);
      same(client.getNumberValue('limit', 1), 10, `value after ${status}`);
      await world.fail(0);
      await until(async () => (await world.take()).some((seen) => seen.status === 304), `304 after ${status}`);
    }
  },

  'polling waits as long as a server says that is asked too often': async (world) => {
    const strict = { ...world, ...world.strict, take: world.takeStrict };
    const { client } = await start(strict, { targetingKey: 'u11' }, { pollInterval: 20, changeDetection: 'polling', disableVisibilityRefresh: true });
    const seen = [];
    const refused = () => seen.findIndex(({ status }) => status === 429);
    await until(async () => seen.push(...(await strict.take())) && refused() >= 0 && seen.length > refused() + 1, 'a request after 429');
    const [refusal, next] = seen.slice(refused());
    const wait = 1_000 * refusal.answered['retry-after'];
    same([wait >= 1_000, next.at - refusal.at >= wait - 20], [true, true], `asked again after ${next.at - refusal.at} ms`);
    same(client.getNumberValue('limit', 1), 10, 'value meanwhile');
  },

  'a change reaches an open tab, by the stream that the answer names': async (world) => {
    const { client, streams } = await live(world, { targetingKey: 'u7' });
    const [stream] = await streams(1);
    same(stream.headers.accept, 'text/event-stream', 'accept');
    same(stream.headers.authorization, undefined, 'no key');
    same(/^\/ofrep\/v1\/stream\?token=[\w-]+&since=\d+$/.test(stream.url) && !stream.url.includes(world.key), true, stream.url);
    await world.admin('PATCH', '/v1/flags/limit', { default: 12 });
    const [again] = await asked(world, 1, 'after the change');
    same([again.status, conditional(again)], [200, true], 'after the change');
    same(/\?flagConfigEtag=[^&]+&flagConfigLastModified=\d+$/.test(again.url), true, again.url);
    await until(() => client.getNumberValue('limit', 1) === 12, 'the new value');
    await world.admin('PATCH', '/v1/segments/nobody', { description: 'changes nothing here' });
    await until(async () => (await world.take()).some(({ status }) => status === 304), '304 for what changes nothing here');
    await world.admin('PATCH', '/v1/flags/limit', { default: 10 });
  },

  'two changes at once are asked for once': async (world) => {
    const { client, streams } = await live(world, { targetingKey: 'u10' });
    await streams(1);
    for (const [limit, title] of [[15, 'Good day'], [10, 'Hello']]) {
      await world.hold();
      await world.admin('PATCH', '/v1/flags/limit', { default: limit });
      await world.admin('PATCH', '/v1/flags/title', { default: title });
      await until(async () => (await world.held()) > 1, 'two changes on their way');
      await world.release();
      await until(() => client.getNumberValue('limit', 1) === limit && client.getStringValue('title', '') === title, 'both changes');
      same((await world.take()).map(({ status }) => status), [200], 'requests');
    }
  },

  'a hidden tab closes its stream, and asks for everything when it is shown': async (world) => {
    const { client, streams } = await live(world, { targetingKey: 'u8' }, { inactivityDelaySec: 0.02 });
    await streams(1);
    show('hidden');
    await until(async () => (await streams(1))[0].closed, 'a closed stream');
    await world.admin('PATCH', '/v1/flags/limit', { default: 13 });
    same((await world.take()).length, 0, 'requests of a hidden tab');
    show('visible');
    await until(() => client.getNumberValue('limit', 1) === 13, 'the new value');
    same((await world.take()).some((seen) => seen.status === 200 && !conditional(seen)), true, 'unconditional');
    await streams(2);
    await world.admin('PATCH', '/v1/flags/limit', { default: 10 });
  },

  'what changes while the network is away is not missed': async (world) => {
    const { client, streams } = await live(world, { targetingKey: 'u9' });
    await streams(1);
    await world.drop();
    await world.admin('PATCH', '/v1/flags/limit', { default: 14 });
    await until(() => client.getNumberValue('limit', 1) === 14, 'the new value');
    await streams(2);
    await world.drop();
    await world.admin('PATCH', '/v1/flags/limit', { default: 10 });
    await until(() => client.getNumberValue('limit', 1) === 10, 'the former value');
    same((await streams(3))[2].headers['last-event-id'] !== undefined, true, 'Last-Event-ID');
  },

  'a key that is not valid is fatal': async (world) => {
    const thrown = await start({ ...world, key: 'ts_client_wrong' }, { targetingKey: 'u6' }).then(() => '', (error) => error.code);
    same(thrown, 'PROVIDER_FATAL', 'error');
    same((await world.take())[0].status, 401, 'status');
  },
};

/** Runs a row and leaves nothing behind. */
export async function run(name, world) {
  try {
    await rows[name](world);
  } finally {
    await world.fail(0);
    await world.OpenFeature.clearProviders();
    localStorage.clear();
    await world.take();
  }
}

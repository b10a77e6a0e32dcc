// GrowthBook's own SDK, unmodified, against a live Touchstone: it loads, streams, decrypts, asks and tracks, and gives
// everybody what the service gives them.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { GrowthBook, LocalStorageStickyBucketService, clearCache, configureCache, setPolyfills } from '@growthbook/growthbook';
import { growthbookTrackingPlugin } from '@growthbook/growthbook/plugins';
import { EventSource } from 'eventsource';
import { Served } from './served.mjs';

const secret = Buffer.from('0123456789abcdef').toString('base64');

setPolyfills({ EventSource, SubtleCrypto: webcrypto.subtle });

async function eventually(what, holds) {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ten seconds: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const countries = ['DE', 'FR', 'US', 'BR', undefined];
const plans = ['free', 'pro', 'team', undefined];
const people = Array.from({ length: 10_000 }, (_, i) => ({
  id: i % 10 === 0 ? `käufer-${i}-日本-🙂` : `user-${i}`,
  country: countries[i % 5],
  plan: plans[i % 4],
  age: i % 7 === 0 ? undefined : i % 90,
  beta: i % 3 === 0,
  email: `p${i}@${i % 2 ? 'example.org' : 'shop.example'}`,
  tags: i % 6 === 0 ? ['vip', `t${i % 4}`] : [],
}));

/** Every way in which a condition may ask that GrowthBook can say. */
const conditions = {
  everybody: undefined,
  adults: { all: [['age', 'ge', 18], ['age', 'lt', 65], { not: ['plan', 'is', 'free'] }] },
  europe: { any: [['country', 'in', ['DE', 'FR']], ['tags', 'contains', 'vip']] },
  shoppers: { all: [['email', 'ends', '@shop.example'], ['email', 'starts', 'p'], ['beta', 'is', true]] },
  listed: { segment: 'friends' },
  payers: { segment: 'paying' },
  unknown: { all: [['country', 'exists', false], ['email', 'matches', '^p[0-9]+@(shop|example)'], { not: ['age', 'le', 3] }] },
  theirs: { growthbook: { $or: [{ country: { $in: ['US', 'BR'] } }, { 'tags': { $size: 2 } }, { age: { $gt: 80 } }] } },
};

async function agree(service) {
  const call = (...what) => service.call(...what);
  await call('POST', '/v1/segments', { key: 'friends', list: { unit: 'user', ids: people.filter((_, i) => i % 3 === 1).map(({ id }) => id) } });
  await call('POST', '/v1/segments', { key: 'paying', when: ['plan', 'in', ['pro', 'team']] });
  await call('POST', '/v1/layers', { key: 'shared', holdout: '10%' });
  const three = (...weights) => ({ variants: ['a', 'b', 'c'].map((key, i) => ({ key, weight: weights[i], values: { [this_key]: key } })) });
  let this_key;
  for (const [key, when] of Object.entries(conditions)) {
    this_key = key;
    const alone = key === 'everybody' || key === 'adults' ? { layer: 'shared', coverage: '40%' } : { coverage: '80%' };
    await call('POST', '/v1/experiments?start', { key, scheme: 'growthbook-2', ...alone, when, ...three(5, 3, 2) });
  }
  this_key = 'everybody';
  await call('PATCH', '/v1/experiments/everybody', three(2, 3, 5));
  await call('POST', '/v1/flags', { key: 'banner', type: 'string', off_value: 'none', default: 'none',
    rules: [{ when: ['country', 'is', 'DE'], give: 'guten tag' }, { when: ['beta', 'is', true], give: 'beta' }] });
  await call('POST', '/v1/flags', { key: 'same', type: 'int', off_value: 0, default: 7 });
  await call('POST', '/v1/flags', { key: 'versions', type: 'string', off_value: 'none', default: 'none',
    rules: [{ when: ['app', 'version_ge', '2.0.0'], give: 'new' }] });
  await call('POST', '/v1/experiments?start', { key: 'native', coverage: '60%', when: conditions.europe,
    variants: [{ key: 'control', values: { native: 'old' } }, { key: 'hidden-variant', values: { native: 'hidden-value' } }] });
}

/** What the service gives to a person. */
async function decided(service, { id, ...attributes }) {
  const { evaluations } = await service.call('POST', '/v1/evaluate', { unit: id, attributes });
  return Object.fromEntries(evaluations.map(({ flag, value }) => [flag, value]));
}

async function evaluates_alike(service, client) {
  const local = ['banner', 'same', ...Object.keys(conditions)];
  const seen = {};
  const compare = async (person) => {
    const gb = new GrowthBook({ attributes: person });
    gb.setPayload(client.getPayload());
    const ours = await decided(service, person);
    for (const flag of local) {
      const theirs = gb.evalFeature(flag).value;
      assert.deepEqual(theirs, ours[flag], `${flag} of ${JSON.stringify(person)}`);
      seen[flag] ??= new Set();
      seen[flag].add(theirs);
    }
    assert.equal(gb.evalFeature('native').source, 'unknownFeature');
    gb.destroy();
  };
  for (let i = 0; i < people.length; i += 50) await Promise.all(people.slice(i, i + 50).map(compare));
  for (const flag of Object.keys(conditions)) assert.ok(seen[flag].size >= 3, `${flag}: ${[...seen[flag]]}`);
  console.log(`${people.length} people see the same in ${local.length} features`);
}

async function names_what_it_cannot_say(service) {
  const { features, touchstone } = await service.call('GET', `/api/features/${service.sdk}`);
  const others = Object.fromEntries(touchstone.not_locally_evaluable.map(({ feature, reason }) => [feature, reason]));
  assert.match(others.native, /scheme touchstone-1/);
  assert.match(others.versions, /version_ge/);
  assert.deepEqual(Object.keys(others).sort(), ['native', 'versions']);
  for (const feature of Object.keys(others)) assert.ok(!(feature in features));
}

async function shows_a_hostile_page_nothing(service) {
  const key = service.client;
  const pages = [await fetch(`${service.origin}/api/features/${key}`)];
  const eve = { attributes: { id: 'eve' }, forcedVariations: { native: 1, everybody: 2 }, forcedFeatures: [], url: '' };
  const evaluate = (body) => fetch(`${service.origin}/api/eval/${key}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  pages.push(await evaluate(eve));
  const texts = await Promise.all(pages.map((page) => page.text()));
  const { experiments, layers } = await service.call('GET', '/v1/snapshot');
  const secrets = ['hidden-variant', 'hidden-value', 'friends', 'paying', 'country', 'ranges',
    ...Object.values(experiments).map(({ salt }) => salt), ...Object.values(layers).map(({ salt }) => salt)];
  for (const text of texts) for (const hidden of secrets) assert.ok(!text.includes(hidden), `${hidden} in ${text}`);
  const [payload, evaluated] = texts.map((text) => JSON.parse(text));
  assert.deepEqual(payload.features, { same: { defaultValue: 7 } });
  const plain = await (await evaluate({ ...eve, forcedVariations: {} })).json();
  assert.deepEqual(evaluated.features, plain.features);
  assert.equal((await fetch(`${service.origin}/api/features/ts_client_guess`)).status, 401);
}

async function asks_remotely(service) {
  let viewed = 0;
  const compare = async (person) => {
    const tracked = [];
    const gb = new GrowthBook({ apiHost: service.origin, clientKey: service.client, remoteEval: true, attributes: person,
      trackingCallback: (experiment, result) => tracked.push([experiment.key, result.key, result.hashAttribute, result.hashValue]) });
    assert.equal((await gb.init({ skipCache: true, streaming: false })).success, true);
    const ours = await service.call('POST', '/v1/evaluate', { flag: 'native', unit: person.id, attributes: { ...person, id: undefined } });
    assert.equal(gb.getFeatureValue('native', 'fallback'), ours.value);
    assert.deepEqual(tracked, ours.variant ? [['native', ours.variant, 'id', person.id]] : []);
    viewed += tracked.length;
    gb.destroy();
  };
  for (let i = 0; i < people.length; i += 50) await Promise.all(people.slice(i, i + 50).map(compare));
  assert.ok(viewed > 1_000 && viewed < 9_000, `${viewed} exposures`);
  console.log(`${people.length} people are evaluated remotely alike, ${viewed} of them exposed`);
}

async function hears_of_changes(service, key, remoteEval) {
  const gb = new GrowthBook({ apiHost: service.origin, clientKey: key, remoteEval, attributes: { id: 'u1' } });
  assert.equal((await gb.init({ skipCache: true, streaming: true })).success, true);
  for (const value of [8, 9, 10]) {
    await service.call('PATCH', '/v1/flags/same', { default: value });
    await eventually(`same is ${value}`, () => gb.getFeatureValue('same', 0) === value);
  }
  await service.call('PATCH', '/v1/flags/same', { default: 7 });
  await eventually('same is 7', () => gb.getFeatureValue('same', 0) === 7);
  gb.destroy();
  await clearCache();
}

/** The tracking plugin makes exposures of what was viewed, and events of what was logged. */
async function tracks(service) {
  await service.call('POST', '/v1/metrics', { key: 'viewed-pages', kind: 'proportion', event: 'Page-View' });
  await service.call('POST', '/v1/experiments?start', { key: 'tracked', exposure: 'client', variants: [{ key: 'control' }, { key: 'treatment' }],
    plan: { metrics: [{ metric: 'viewed-pages' }] } });
  const watch = async (person) => {
    const gb = new GrowthBook({ apiHost: service.origin, clientKey: service.client, remoteEval: true, attributes: person,
      plugins: [growthbookTrackingPlugin({ ingestorHost: service.origin, queueFlushInterval: 1 })] });
    assert.equal((await gb.init({ skipCache: true, streaming: false })).success, true);
    gb.isOn('tracked');
    gb.logEvent('Page View', { value: 3, page: 'cart' });
    return gb;
  };
  const all = await Promise.all(people.slice(0, 20).map(watch));
  const report = () => service.call('GET', '/v1/experiments/tracked/report');
  await eventually('20 exposures', async () => (await report()).counts.units === 20);
  await eventually('20 events', async () => (await report()).ledger.stored >= 40);
  for (const gb of all) gb.destroy();
  console.log('20 people are tracked');
}

/** The stock service over localStorage, over a map. */
function stickyBuckets() {
  const kept = new Map();
  const localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
  return new LocalStorageStickyBucketService({ localStorage });
}

/** An SDK remembers in sticky buckets what it gave, the service by exposures; of `moving` neither keeps anything. */
async function keeps_alike(service) {
  const names = ['kept', 'moving'];
  const parted = (flag, ...weights) => ({ variants: ['a', 'b', 'c'].map((key, i) => ({ key, weight: weights[i], values: { [flag]: key } })) });
  for (const key of names)
    await service.call('POST', '/v1/experiments?start', { key, scheme: 'growthbook-2', coverage: '70%', exposure: 'client',
      when: ['beta', 'is', true], ...parted(key, 5, 3, 2), ...(key === 'kept' && { sticky: {} }) });
  const buckets = stickyBuckets();
  let payload;
  let exposures;

  async function look(person, stickyBucketService) {
    const tracked = {};
    const trackingCallback = (experiment, result) => { tracked[experiment.key] = result; };
    const gb = new GrowthBook({ attributes: person, trackingCallback, ...(stickyBucketService && { stickyBucketService }) });
    await gb.setPayload(payload);
    const values = names.map((name) => gb.evalFeature(name).value);
    gb.destroy();
    return { values, tracked };
  }

  async function compare(person) {
    const { values, tracked } = await look(person, buckets);
    const ours = await decided(service, person);
    assert.deepEqual(values, names.map((name) => ours[name]), JSON.stringify(person));
    for (const [experiment, { key }] of Object.entries(tracked))
      exposures.push({ id: `${experiment}-${person.id}-${exposures.length}`, type: 'exposure', unit: person.id, ts: new Date().toISOString(), experiment, variant: key });
    return (await look(person)).values[0] !== values[0];
  }

  /** How many would see something else of `kept` without sticky buckets. */
  async function everybody(some) {
    payload = await service.call('GET', `/api/features/${service.sdk}`);
    assert.deepEqual(payload.touchstone.not_locally_evaluable, []);
    exposures = [];
    const kept = [];
    for (let i = 0; i < some.length; i += 50) kept.push(...(await Promise.all(some.slice(i, i + 50).map(compare))));
    for (let i = 0; i < exposures.length; i += 1_000)
      assert.equal((await service.call('POST', '/v1/events', exposures.slice(i, i + 1_000))).refused, 0);
    return kept.filter(Boolean).length;
  }

  const some = people.slice(0, 2_000);
  assert.equal(await everybody(some), 0);
  for (const name of names) await service.call('PATCH', `/v1/experiments/${name}`, { coverage: '30%', when: ['plan', 'is', 'pro'], ...parted(name, 2, 3, 5) });
  const held = await everybody(people.slice(0, 4_000));
  assert.ok(held > 100, `${held} keep what they would not be given now`);

  const remembered = people.find(({ id }) => exposures.some(({ experiment, unit }) => experiment === 'kept' && unit === id));
  const asked = [];
  const remote = new GrowthBook({ apiHost: service.origin, clientKey: service.client, remoteEval: true, attributes: remembered,
    stickyBucketService: buckets, trackingCallback: (experiment, result) => asked.push([experiment.key, result.stickyBucketUsed]) });
  assert.equal((await remote.init({ skipCache: true, streaming: false })).success, true);
  assert.equal(remote.getFeatureValue('kept', 'fallback'), (await decided(service, remembered)).kept);
  assert.deepEqual(asked, [['kept', true]]);
  remote.destroy();

  await service.call('PATCH', '/v1/experiments/kept', { sticky: { version: 2 } });
  assert.equal(await everybody(some), 0, 'a raised version forgets');
  console.log(`4000 people keep alike, ${held} of them what they would not be given anew`);
}

const running = [];
const started = async (...options) => {
  const served = await Served.open(...options);
  running.push(served);
  served.sdk = served.key('sdk');
  return served;
};

try {
  const service = await started();
  await agree(service);
  configureCache({ disableCache: true });
  const client = new GrowthBook({ apiHost: service.origin, clientKey: service.sdk });
  assert.equal((await client.init({ skipCache: true })).success, true);
  await names_what_it_cannot_say(service);
  await evaluates_alike(service, client);
  client.destroy();
  await shows_a_hostile_page_nothing(service);
  configureCache({ backgroundSync: false });
  await asks_remotely(service);
  await tracks(service);
  configureCache({ backgroundSync: true });
  await hears_of_changes(service, service.sdk, false);
  await hears_of_changes(service, service.client, true);

  await service.call('POST', '/v1/experiments?start', { key: 'sticky', scheme: 'growthbook-2', sticky: {}, variants: [{ key: 'a' }, { key: 'b' }] });
  const { touchstone } = await service.call('GET', `/api/features/${service.sdk}`);
  assert.match(touchstone.not_locally_evaluable.find(({ feature }) => feature === 'sticky').reason, /keep their variant/);
  await keeps_alike(await started('--growthbook-sticky-buckets'));

  const sealed = await started('--growthbook-key', secret);
  await agree(sealed);
  const text = await (await fetch(`${sealed.origin}/api/features/${sealed.sdk}`)).text();
  for (const hidden of ['guten tag', '"ranges"', '"seed"']) assert.ok(!text.includes(hidden));
  const reader = new GrowthBook({ apiHost: sealed.origin, clientKey: sealed.sdk, decryptionKey: secret, attributes: people[0] });
  assert.equal((await reader.init({ skipCache: true })).success, true);
  assert.equal(reader.getFeatureValue('banner', 'fallback'), 'guten tag');
  assert.deepEqual(reader.evalFeature('listed').value, (await decided(sealed, people[0])).listed);
  reader.destroy();
  console.log('loaded, streamed, decrypted, asked');
} finally {
  await Promise.all(running.map((served) => served.close()));
}
process.exit(0);

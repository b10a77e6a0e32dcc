// The stock OpenFeature SDKs with our providers, against the built program.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { createClient } from '../../../sdk/js/dist/node.js';
import * as server from '../../../sdk/js/dist/openfeature-server.js';
import * as web from '../../../sdk/js/dist/openfeature-web.js';
import { createClient as createRemote } from '../../../sdk/js/dist/remote.js';
import { Served } from '../served.mjs';

// The providers' own copies: an SDK keeps its providers in a global of its package.
const load = createRequire(new URL('../../../sdk/js/package.json', import.meta.url));
const { OpenFeature: Server, ProviderEvents } = load('@openfeature/server-sdk');
const { OpenFeature: Web } = load('@openfeature/web-sdk');

const patience = 30_000;

let served;
const plan = { metrics: [{ metric: 'purchase' }] };
const nobody = { targetingKey: 'nobody' };

before(async () => {
  served = await Served.open();
  await served.call('POST', '/v1/metrics', { key: 'purchase', kind: 'proportion', event: 'purchase' });
  const values = (key, ...given) => given.map((value, n) => ({ key: n ? `v${n}` : 'control', values: { [key]: value } }));
  await served.call('POST', '/v1/experiments?start', { key: 'asked', variants: values('asked', 'old', 'new'), plan });
  await served.call('POST', '/v1/experiments?start', { key: 'shown', exposure: 'client', variants: values('shown', 1, 2), plan });
  await served.call('POST', '/v1/flags', { key: 'paid', type: 'bool', off_value: false, default: false,
    rules: [{ when: ['address.city', 'is', 'Bern'], give: true }] });
  await served.call('POST', '/v1/flags', { key: 'theme', type: 'json', off_value: { dark: false }, default: { dark: true }, rules: [] });
});

after(async () => {
  await Server.close();
  await Web.close();
  await served?.close();
});

const exposed = async (experiment) =>
  (await served.call('GET', `/v1/experiments/${experiment}/report`)).results[0].n.reduce((sum, each) => sum + each);

function open(create, kind) {
  return create({ url: served.origin, key: served.key(kind), stream: false, poll: 50, wait: 20 });
}

test('server: evaluates by the rules', async () => {
  const sdk = open(createClient, 'server');
  await Server.setProviderAndWait(server.providerOf(sdk, { within: patience }));
  const client = Server.getClient();
  assert.equal(await client.getBooleanValue('paid', false, { targetingKey: 'u1', address: { city: 'Bern' } }), true);
  assert.equal(await client.getBooleanValue('paid', false, nobody), false);
  assert.deepEqual(await client.getObjectValue('theme', {}, nobody), { dark: true });
  const details = await client.getStringDetails('asked', 'code', { targetingKey: 'u1' });
  assert.equal(details.reason, 'SPLIT');
  assert.equal(details.flagMetadata.experiment, 'asked');
  assert.ok(['old', 'new'].includes(details.value));
  assert.equal((await client.getStringDetails('absent', 'code', nobody)).errorCode, 'FLAG_NOT_FOUND');
  assert.equal((await client.getNumberDetails('asked', 5, nobody)).errorCode, 'TYPE_MISMATCH');
});

test('server: the evaluation, the hook and track make a report', async () => {
  const sdk = open(createClient, 'server');
  await Server.setProviderAndWait(server.providerOf(sdk, { within: patience }));
  const client = Server.getClient();
  const hooks = [server.exposureHook(sdk)];
  for (let n = 0; n < 50; ++n) {
    const context = { targetingKey: `u${n}` };
    await client.getStringValue('asked', 'code', context);
    await client.getNumberValue('shown', 0, context, n < 30 ? { hooks } : {});
    client.track('purchase', context, { value: 2, coupon: 'x' });
  }
  assert.ok(await sdk.flush(patience));
  assert.equal(await exposed('asked'), 50);
  assert.equal(await exposed('shown'), 30);
  const { results } = await served.call('GET', '/v1/experiments/asked/report');
  assert.deepEqual(results[0].mean, [1, 1]);
});

test('web: one context until it changes, by results', async () => {
  const sdk = open(createRemote, 'client');
  await Web.setProviderAndWait(web.providerOf(sdk, { within: patience }), { targetingKey: 'w1' });
  const client = Web.getClient();
  assert.equal(client.getBooleanValue('paid', false), false);
  assert.equal(client.getStringDetails('asked', 'code').reason, 'SPLIT');
  await Web.setContext({ targetingKey: 'w1', address: { city: 'Bern' } });
  assert.equal(client.getBooleanValue('paid', false), true);
  client.addHooks(web.exposureHook(sdk));
  assert.ok([1, 2].includes(client.getNumberValue('shown', 0)));
  client.track('purchase');
  assert.ok(await sdk.flush(patience));
  assert.equal(await exposed('asked'), 51);
  assert.equal(await exposed('shown'), 31);
});

test('a change of the configuration is an event', async () => {
  const sdk = open(createClient, 'server');
  await Server.setProviderAndWait(server.providerOf(sdk, { within: patience }));
  const changed = new Promise((resolve) => Server.addHandler(ProviderEvents.ConfigurationChanged, resolve));
  await served.call('POST', '/v1/flags', { key: 'late', type: 'bool', off_value: false, default: true, rules: [] });
  await changed;
  assert.equal(await Server.getClient().getBooleanValue('late', false, nobody), true);
});

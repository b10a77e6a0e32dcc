// Our OpenFeature provider for pages under the stock web SDK, in a real browser and from another origin: evaluations, the
// exposure hook and track up to the report, and a change by the stream.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Served } from '../sdk/served.mjs';
import { bundled, servePage } from './own_page.mjs';
import { launch, needsChromium } from './shop.mjs';

needsChromium();

let served;
let shop;
let browser;

const page = () => `<!doctype html><title>Shop</title><script src="/sdk.js"></script><script>
  const { OpenFeature, ProviderEvents } = shop;
  const sdk = shop.createClient({ url: '${served.origin}', key: '${served.client}', stream: true, wait: 20 });
  const changes = [];
  OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, (told) => changes.push(told.providerName));
  const ready = OpenFeature.setProviderAndWait(shop.providerOf(sdk), { targetingKey: new URLSearchParams(location.search).get('user') });
  const client = OpenFeature.getClient();
</script>`;

before(async () => {
  const script = await bundled('shop', `export { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
    export { createClient } from './dist/remote.js'; export { exposureHook, providerOf } from './dist/openfeature-web.js';`);
  shop = await servePage(script, page);
  served = await Served.open('--cors-origin', shop.origin);
  await served.call('POST', '/v1/metrics', { key: 'purchase', kind: 'proportion', event: 'purchase' });
  await served.call('POST', '/v1/flags', { key: 'title', type: 'string', off_value: '', default: 'Hello', rules: [{ when: ['address.city', 'is', 'Bern'], give: 'Grüezi' }] });
  await served.call('POST', '/v1/flags', { key: 'theme', type: 'json', off_value: {}, default: { dark: true } });
  await served.call('POST', '/v1/experiments?start', {
    key: 'price', exposure: 'client', plan: { metrics: [{ metric: 'purchase' }] },
    variants: [{ key: 'control', values: { price: 10 } }, { key: 'lower', values: { price: 9 } }],
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await served?.close();
  shop?.close();
});

async function visit(t, user) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const opened = await context.newPage();
  const complaints = [];
  opened.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  opened.on('pageerror', (error) => complaints.push(`${error}`));
  t.after(() => assert.deepEqual(complaints, []));
  await opened.goto(`${shop.origin}/?user=${user}`);
  await opened.evaluate(() => ready);
  return opened;
}

/** Units and buyers of the report. */
async function counted() {
  const { results: [{ n, mean }] } = await served.call('GET', '/v1/experiments/price/report');
  return [n, n.map((each, at) => each * (mean[at] ?? 0))].map((each) => Math.round(each[0] + each[1]));
}

test('values, details and another context', async (t) => {
  const opened = await visit(t, 'w1');
  const price = await opened.evaluate(() => client.getNumberDetails('price', 0));
  assert.deepEqual([price.reason, price.value], ['SPLIT', price.variant === 'control' ? 10 : 9]);
  assert.deepEqual([price.flagMetadata.experiment, price.flagMetadata.exposure], ['price', 'client']);
  assert.deepEqual(await opened.evaluate(() => client.getObjectValue('theme', {})), { dark: true });
  assert.equal((await opened.evaluate(() => client.getStringDetails('nothing', 'mine'))).errorCode, 'FLAG_NOT_FOUND');
  assert.equal((await opened.evaluate(() => client.getBooleanDetails('title', false))).errorCode, 'TYPE_MISMATCH');
  assert.equal(await opened.evaluate(() => client.getStringValue('title', '')), 'Hello');
  await opened.evaluate(() => OpenFeature.setContext({ targetingKey: 'w1', address: { city: 'Bern' } }));
  assert.equal(await opened.evaluate(() => client.getStringValue('title', '')), 'Grüezi');
});

test('the exposure hook and track make a report', async (t) => {
  const opened = await visit(t, 'w2');
  await opened.evaluate(() => client.getNumberValue('price', 0));
  await opened.evaluate(() => sdk.flush(10_000));
  assert.deepEqual(await counted(), [0, 0], 'an evaluation alone exposes nobody');
  await opened.evaluate(() => {
    client.getNumberValue('price', 0, { hooks: [shop.exposureHook(sdk)] });
    client.track('purchase', { value: 9, coupon: 'x' });
  });
  assert.ok(await opened.evaluate(() => sdk.flush(10_000)));
  assert.deepEqual(await counted(), [1, 1]);
});

test('what the page still has to say is sent when it is left', async (t) => {
  const opened = await visit(t, 'w3');
  await opened.evaluate(() => {
    client.getNumberValue('price', 0, { hooks: [shop.exposureHook(sdk)] });
    client.track('purchase');
  });
  await opened.goto('about:blank');
  const end = Date.now() + 20_000;
  while (`${await counted()}` !== '2,2') assert.ok(Date.now() < end, `${await counted()}`);
});

test('a change comes by the stream, as an event of the SDK', async (t) => {
  const opened = await visit(t, 'w4');
  assert.equal(await opened.evaluate(() => client.getStringValue('title', '')), 'Hello');
  await served.call('PATCH', '/v1/flags/title', { default: 'Good day' });
  await opened.waitForFunction(() => client.getStringValue('title', '') === 'Good day');
  await opened.waitForFunction(() => changes.length > 0);
});

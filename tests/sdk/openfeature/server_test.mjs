// The stock OpenFeature SDK for servers with its stock OFREP provider, unmodified, against the built program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';
import { makeFlags } from './flags.mjs';
import { Recorder } from './recorder.mjs';
import { Served } from '../served.mjs';

let served;
let recorder;
let client;

async function clientOf(domain, baseUrl, headers) {
  await OpenFeature.setProviderAndWait(domain, new OFREPProvider({ baseUrl, headers }));
  return OpenFeature.getClient(domain);
}

before(async () => {
  served = await Served.open('--threads', '1'); // the memory of who was exposed is a thread's own
  await makeFlags(served);
  recorder = await Recorder.open(served.origin);
  client = await clientOf('shop', recorder.origin, [['Authorization', `Bearer ${served.client}`]]);
});

after(async () => {
  await OpenFeature.close();
  await recorder.close();
  await served.close();
});

test('asks nothing at the start, once per evaluation, and keeps nothing', async () => {
  assert.equal(recorder.take().length, 0);
  for (let i = 0; i < 2; ++i) assert.equal(await client.getNumberValue('limit', 1), 10);
  const seen = recorder.take();
  assert.equal(seen.length, 2);
  for (const { method, url, headers } of seen) {
    assert.equal(`${method} ${url}`, 'POST /ofrep/v1/evaluate/flags/limit');
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(headers['if-none-match'], undefined);
  }
});

test('types, reasons, variants and metadata arrive', async () => {
  const limit = await client.getNumberDetails('limit', 1);
  assert.equal(limit.reason, 'STATIC');
  assert.equal(limit.variant, 'few');
  assert.deepEqual({ team: limit.flagMetadata.team, paid: limit.flagMetadata.paid, rank: limit.flagMetadata.rank }, { team: 'shop', paid: true, rank: 0.5 });
  assert.match(limit.flagMetadata.version, /^\d+$/);
  assert.ok(limit.flagMetadata.configAgeMs >= 0);
  assert.deepEqual(await client.getObjectValue('theme', {}), { dark: true });
  const title = await client.getStringDetails('title', '', { targetingKey: 'u1', plan: 'pro' });
  assert.deepEqual([title.value, title.reason], ['Welcome back', 'TARGETING_MATCH']);
  assert.equal((await client.getStringDetails('title', '', { plan: 'free' })).reason, 'DEFAULT');
});

test('a date in the context is one for the rules', async () => {
  assert.equal(await client.getBooleanValue('since', false, { joined: new Date('2025-06-01') }), true);
  assert.equal(await client.getBooleanValue('since', true, { joined: new Date('2024-06-01') }), false);
  assert.match(recorder.take().at(-1).body, /"2024-06-01T00:00:00.000Z"/);
});

test('without a context a static flag has its value and an experiment says what is missing', async () => {
  recorder.take();
  assert.equal((await client.getNumberDetails('limit', 1)).value, 10);
  assert.equal(recorder.take()[0].body, '{"context":{}}');
  const details = await client.getBooleanDetails('checkout', false);
  assert.deepEqual([details.value, details.reason, details.errorCode], [false, 'ERROR', 'TARGETING_KEY_MISSING']);
});

test('an experiment splits, is exposed once, and says which it is', async () => {
  const exposed = await served.exposed();
  const details = await client.getBooleanDetails('checkout', false, { targetingKey: 'u1' });
  assert.equal(details.reason, 'SPLIT');
  assert.equal(details.value, details.variant === 'one-page');
  assert.equal(details.flagMetadata.experiment, 'checkout');
  assert.equal(details.flagMetadata.exposure, 'evaluate');
  await client.getBooleanDetails('checkout', false, { targetingKey: 'u1' });
  assert.equal(await served.exposed(), exposed + 1);
});

test('keys that no flag can have are not found', async () => {
  assert.equal((await client.getBooleanDetails('nothing', false)).errorCode, 'FLAG_NOT_FOUND');
  assert.equal((await client.getBooleanDetails('a b', false)).errorCode, 'FLAG_NOT_FOUND');
  recorder.take();
  const details = await client.getBooleanDetails('a b/c?d', true);
  const [seen] = recorder.take();
  assert.deepEqual([details.value, details.reason], [true, 'ERROR']);
  assert.deepEqual([seen.url, seen.status], ['/ofrep/v1/evaluate/flags/a%20b/c?d', 404]);
  assert.match(seen.answered['content-type'], /json/);
});

test('another type is a mismatch', async () => {
  assert.equal((await client.getBooleanDetails('limit', false)).errorCode, 'TYPE_MISMATCH');
});

test('the default in the code is used where the flag says so', async () => {
  const details = await client.getStringDetails('from-code', 'mine');
  assert.equal(details.value, 'mine');
  const answer = await fetch(`${served.origin}/ofrep/v1/evaluate/flags/from-code`, {
    method: 'POST', headers: { 'x-api-key': served.client, 'content-type': 'application/json' }, body: '{"context":{}}',
  });
  const body = await answer.json();
  assert.deepEqual([answer.status, 'value' in body, body.reason], [200, false, 'STATIC']);
});

test('without a valid key the default is used', async () => {
  const stranger = await clientOf('stranger', recorder.origin, [['Authorization', 'Bearer ts_client_wrong']]);
  const details = await stranger.getNumberDetails('limit', 1);
  assert.deepEqual([details.value, details.errorCode], [1, 'GENERAL']);
  assert.equal(recorder.take().at(-1).status, 401);
});

test('X-API-Key is a key too', async () => {
  const other = await clientOf('other', recorder.origin, [['X-API-Key', served.client]]);
  assert.equal(await other.getNumberValue('limit', 1), 10);
});

test('who asks too often waits as long as Retry-After says, and resumes', async () => {
  const slow = await Served.open('--rate-limit', '1');
  await makeFlags(slow);
  const between = await Recorder.open(slow.origin);
  const hasty = await clientOf('hasty', between.origin, [['Authorization', `Bearer ${slow.client}`]]);
  const errors = [];
  while (errors.length < 3) {
    const { errorCode } = await hasty.getNumberDetails('limit', 1);
    if (errorCode || errors.length) errors.push(errorCode);
  }
  assert.deepEqual(errors, ['GENERAL', 'GENERAL', 'GENERAL']);
  const seen = between.take();
  assert.equal(seen.filter(({ status }) => status === 429).length, 1);
  assert.equal(seen.at(-1).answered['retry-after'], '1');
  let details;
  do details = await hasty.getNumberDetails('limit', 1);
  while (details.errorCode);
  assert.equal(details.value, 10);
  await between.close();
  await slow.close();
});

// What OFREP has no words for: exposures and conversions of people whose web SDK evaluates in bulk, up to the report.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature, createEvaluationEvent } from '@openfeature/web-sdk';
import { Served } from '../served.mjs';

const people = 200;
const variants = [{ key: 'control' }, { key: 'one-page' }];
const plan = { metrics: [{ metric: 'purchase' }] };
let served;
let ids = 0;

before(async () => {
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  served = await Served.open();
  await served.call('POST', '/v1/metrics', { key: 'purchase', kind: 'proportion', event: 'purchase' });
});

after(() => served.close());

/** A stock web SDK for one person, whose evaluations are told to `hook`. */
async function webClient(person, hook) {
  const provider = new OFREPWebProvider({ baseUrl: served.origin, headers: [['Authorization', `Bearer ${served.client}`]], cacheMode: 'disabled', disableVisibilityRefresh: true });
  await OpenFeature.setContext(person, { targetingKey: person });
  await OpenFeature.setProviderAndWait(person, provider);
  const client = OpenFeature.getClient(person);
  if (hook) client.addHooks(hook);
  return client;
}

/** The address that the bulk answer names. */
async function trackingUri() {
  const answer = await fetch(`${served.origin}/ofrep/v1/evaluate/flags`, {
    method: 'POST', headers: { 'x-api-key': served.client, 'content-type': 'application/json' }, body: '{"context":{}}',
  });
  return (await answer.json()).metadata.trackingUri;
}

/** As navigator.sendBeacon does it: plain text, no header of one's own, and whatever cookies there are. */
async function beacon(body, key = served.client) {
  const answer = await fetch(`${served.origin}${await trackingUri()}?client_key=${key}`, {
    method: 'POST', headers: { 'content-type': 'text/plain;charset=UTF-8', cookie: 'session=stolen' }, body: JSON.stringify(body),
  });
  return { status: answer.status, ...(await answer.json()) };
}

const event = (name, rest = {}) => ({ id: `e-${++ids}`, name, timestamp: new Date().toISOString(), ...rest });
const report = (experiment) => served.call('GET', `/v1/experiments/${experiment}/report`);
const units = ({ results }) => results[0].n.reduce((sum, n) => sum + n, 0);

/** Everybody looks; two of three buy. */
async function visit(experiment, tell) {
  const seen = { control: 0, 'one-page': 0 };
  for (let i = 0; i < people; ++i) {
    const person = `${experiment}-${i}`;
    const events = [];
    const client = await webClient(person, tell.hook?.(events));
    const { variant } = client.getBooleanDetails(experiment, false);
    seen[variant] += 1;
    events.push(...(tell.events?.() ?? []));
    if (i % 3 !== 0) events.push(event('purchase', { details: { value: 10, currency: 'EUR' } }));
    if (events.length === 0) continue;
    const { status, stored } = await beacon({ context: { targetingKey: person, email: 'private@example.org' }, events });
    assert.deepEqual([status, stored], [200, events.length]);
    if (i % 8 === 0) await OpenFeature.clearProviders();
  }
  await OpenFeature.clearProviders();
  assert.ok(Math.min(...Object.values(seen)) > people / 4, JSON.stringify(seen));
  return seen;
}

test('an event exposes: nobody wrote a line for it', async () => {
  const exposure = { event: 'page_view', filter: ['page', 'is', 'checkout'] };
  await served.call('POST', '/v1/experiments?start', { key: 'by-event', variants, exposure, plan });
  assert.equal((await report('by-event')).verdict.reasons[0].code, 'no_exposure_event');
  const views = () => [event('page_view', { details: { page: 'home' } }), event('page_view', { details: { page: 'checkout' } })];
  const seen = await visit('by-event', { events: views });
  const found = await report('by-event');
  assert.equal(units(found), people);
  assert.deepEqual(found.results[0].n, [seen.control, seen['one-page']]);
  assert.notEqual(found.results[0].mean[0], null);
  assert.ok(found.results[0].mean.every((mean) => mean > 0.5 && mean < 0.8), JSON.stringify(found.results[0].mean));
  assert.equal(found.checks.find(({ code }) => code === 'srm').level, 'ok');
});

test('an evaluation hook exposes, in OpenTelemetry words', async () => {
  await served.call('POST', '/v1/experiments?start', { key: 'by-hook', variants, exposure: 'client', plan });
  const hook = (events) => ({
    finally(context, details) {
      const { name, attributes } = createEvaluationEvent(context, details);
      events.push(event(name, { attributes }));
    },
  });
  const seen = await visit('by-hook', { hook });
  const found = await report('by-hook');
  assert.deepEqual(found.results[0].n, [seen.control, seen['one-page']]);
});

test('without either, the report says which link is missing', async () => {
  await served.call('POST', '/v1/experiments?start', { key: 'by-nobody', variants, plan });
  await visit('by-nobody', {});
  const { verdict } = await report('by-nobody');
  assert.deepEqual([verdict.code, verdict.reasons[0].code], ['no_data', 'no_single_evaluation']);
});

test('an id is stored once, and each item has its verdict', async () => {
  const bought = event('purchase', { context: { targetingKey: 'twice' } });
  assert.equal((await beacon({ events: [bought] })).stored, 1);
  assert.equal((await beacon({ events: [bought] })).duplicate, 1);
  const mixed = await beacon({ events: [event('purchase'), { name: 'a b', timestamp: 'today' }, event('x', { context: { targetingKey: 'u' } })] });
  assert.deepEqual([mixed.stored, mixed.refused], [1, 2]);
  assert.deepEqual(mixed.items.map(({ error }) => error?.pointer), ['/events/0/context/targetingKey', '/events/1/timestamp', undefined]);
});

test('only a client key may be shown in an address, and only JSON and plain text are read', async () => {
  assert.equal((await beacon({ events: [] })).status, 200);
  assert.equal((await beacon({ events: [] }, served.admin)).status, 401);
  assert.equal((await beacon({ events: [] }, '')).status, 401);
  assert.equal((await beacon([])).errorCode, 'PARSE_ERROR');
  const send = (target, type) => fetch(served.origin + target, { method: 'POST', body: '[]', headers: { 'content-type': type, authorization: `Bearer ${served.client}` } });
  assert.equal((await send('/ofrep/v1/track', 'text/html')).status, 415);
  assert.equal((await send('/v1/events', 'text/plain')).status, 415);
});

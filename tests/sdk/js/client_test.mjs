// The client against the built program: what it decides, what it tells, and what the report makes of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createClient } from '../../../sdk/js/dist/node.js';
import { createClient as createRemote } from '../../../sdk/js/dist/remote.js';
import { Served } from '../served.mjs';

const patience = 30_000;

let served;

before(async () => {
  served = await Served.open();
  await served.call('POST', '/v1/metrics', { key: 'purchase', kind: 'proportion', event: 'purchase' });
  await served.call('POST', '/v1/segments', { key: 'pro', when: ['plan', 'in', ['pro', 'team']] });
  const conditions = {
    shown: { segment: 'pro' },
    pattern: ['name', 'matches', '^\\S+\\s[^@]{2,}\\-.$'],
    newer: { all: [['app', 'version_ge', '2.10.0-beta.2'], { not: ['since', 'after', '2026-01-01T12:00:00.5+02:00'] }] },
    inside: { any: [['ip', 'cidr', ['10.0.0.0/9', '2001:db8::/33']], ['age', 'lt', 18]] },
  };
  for (const [key, condition] of Object.entries(conditions))
    await served.call('POST', '/v1/experiments?start', {
      key, when: condition, coverage: '80%', variants: [{ key: 'control' }, { key: 'a' }, { key: 'b' }],
      plan: { metrics: [{ metric: 'purchase' }] },
    });
  await served.call('POST', '/v1/experiments?start', {
    key: 'told', exposure: 'client', variants: [{ key: 'control' }, { key: 'new' }], plan: { metrics: [{ metric: 'purchase' }] },
  });
});

after(() => served?.close());

function open(t, create, kind, options) {
  const client = create({ url: served.origin, key: served.key(kind), stream: false, wait: 20, ...options });
  t.after(() => client.close(0));
  return client;
}

const pick = (list, n) => list[n % list.length];

/** People with attributes that are hard to read. */
const people = Array.from({ length: 400 }, (_, n) => ({
  units: { user: `u${n}` },
  attributes: {
    plan: pick(['pro', 'free', 'team', null], n),
    name: pick(['Ada Love-l', 'Ada\u00a0Love-l', 'x yz-\n', 'x\vyz-.', '😀 ab-😀', 'a b-c'], n >> 1),
    app: pick(['2.10.0-beta.11', '2.10.0-beta.1', '2.9', 'v2.10', '2.10.0+b', 'none'], n >> 2),
    since: pick(['2026-01-01', '2026-01-01T10:00:00.5Z', '2026-01-01T10:00:00.500001Z', '2026-02-30', '9999-12-31T23:59:59Z'], n),
    ip: pick(['10.1.2.3', '10.128.0.1', '::ffff:10.0.0.9', '2001:db8:7fff::1', '2001:db8:8000::', '1.2.3', '010.0.0.1', ':::1'], n >> 1),
    age: pick([17, 18, '17', undefined], n >> 3),
  },
}));

test('decides as the server does', async (t) => {
  const client = open(t, createClient, 'sdk');
  assert.ok(await client.ready(undefined, patience));
  for (const { units, attributes } of people) {
    const { evaluations } = await served.call('POST', '/v1/evaluate', { unit: units.user, attributes });
    for (const { flag, value, variant, cause } of evaluations) {
      const result = client.peek(flag, null, { units, attributes });
      assert.deepEqual([result.value, result.variant ?? null, result.cause], [value, variant, cause], `${flag} of ${JSON.stringify(attributes)}`);
    }
  }
});

test('tells each exposure once, and what happened', async (t) => {
  const client = open(t, createClient, 'server');
  assert.ok(await client.ready(undefined, patience));
  for (const context of [...people, ...people]) {
    const result = client.evaluate('told', false, context);
    assert.equal(result.reason, 'SPLIT');
    assert.equal(client.status().queued > 400, false, 'asking does not expose where the client says when');
    client.expose(result);
    client.expose(result);
  }
  for (const context of people) client.track('purchase', context, { value: 1.5, properties: { margin: 0.5 } });
  assert.ok(await client.flush(patience));
  assert.deepEqual(client.status().dropped, 0);
  const report = await served.call('GET', '/v1/experiments/told/report');
  const [{ n, mean }] = report.results;
  assert.equal(n.reduce((sum, each) => sum + each), people.length);
  assert.deepEqual(mean, [1, 1]);
});

test('a type that does not fit is no value', async (t) => {
  const client = open(t, createClient, 'sdk');
  assert.ok(await client.ready(undefined, patience));
  const { value, problem } = client.evaluate('told', 7, people[0]);
  assert.deepEqual([value, problem], [7, 'TYPE_MISMATCH']);
  assert.equal(client.evaluate('nothing', 'x', people[0]).problem, 'FLAG_NOT_FOUND');
});

test('by results: the same, for keys that may not read the rules', async (t) => {
  const client = open(t, createRemote, 'client');
  const local = open(t, createClient, 'sdk');
  assert.ok(await local.ready(undefined, patience));
  for (const context of people.slice(0, 20)) {
    assert.equal(client.peek('told', false, context).problem, 'PROVIDER_NOT_READY');
    assert.ok(await client.ready(context, patience));
    for (const flag of ['shown', 'pattern', 'newer', 'inside', 'told']) {
      const { value, variant, cause } = client.peek(flag, null, context);
      const expected = local.peek(flag, null, context);
      assert.deepEqual([value, variant ?? undefined, cause], [expected.value, expected.variant, expected.cause]);
    }
  }
});

test('each event counts once, though the service is killed again and again', async (t) => {
  await served.call('POST', '/v1/metrics', { key: 'orders', kind: 'count', event: 'order' });
  await served.call('POST', '/v1/experiments?start', { key: 'through', variants: [{ key: 'control' }, { key: 'new' }], plan: { metrics: [{ metric: 'orders' }] } });
  const client = open(t, createClient, 'server', { poll: 20, wait: 5, batch: 20, retry: 10, cap: 50 });
  let answered = 0;
  client.on((what, detail) => { if (what === 'sent') answered += detail; });
  while (client.peek('through', false, people[0]).problem) await new Promise((done) => setTimeout(done, 5));
  for (const context of people) client.evaluate('through', false, context);
  for (let round = 0; round < 4; ++round) {
    for (const context of people) assert.ok(client.track('order', context));
    const enough = people.length * round + 100;
    while (answered < enough) await new Promise((done) => setTimeout(done, 1));
    await served.end('SIGKILL');
    client.track('order', people[round]);
    await served.start();
  }
  assert.ok(await client.flush(patience));
  assert.equal(client.status().dropped, 0);
  const { results: [{ n, mean }] } = await served.call('GET', '/v1/experiments/through/report');
  assert.equal(n[0] + n[1], people.length);
  assert.equal(Math.round(n[0] * mean[0] + n[1] * mean[1]), 4 * people.length + 4);
});

test('hears of a change by the stream, also when the service was started anew', async (t) => {
  const opened = [open(t, createClient, 'sdk', { stream: true, poll: 1e6, retry: 10, cap: 100 }),
    open(t, createRemote, 'client', { stream: true, poll: 1e6, retry: 10, cap: 100 })];
  const knows = async (flag) => {
    for (const client of opened) while (client.peek(flag, null, people[0]).problem) await new Promise((done) => setTimeout(done, 5));
  };
  const make = (key) => served.call('POST', '/v1/flags', { key, type: 'bool', off_value: false, default: true, rules: [] });
  await knows('told');
  await make('first-change');
  await knows('first-change');
  await served.end('SIGTERM');
  await served.start();
  await make('second-change');
  await knows('second-change');
});

test('a context that the server cannot read holds no other up', async (t) => {
  const client = open(t, createRemote, 'client');
  const endless = { units: { user: 'x'.repeat(300) } };
  assert.ok(await client.ready(endless, patience));
  assert.equal(client.peek('told', false, endless).problem, 'INVALID_CONTEXT');
  assert.ok(await client.ready(people[1], patience));
  assert.equal(client.peek('told', false, people[1]).reason, 'SPLIT');
});

test('an event that the server refuses is dropped and told', async (t) => {
  const client = open(t, createClient, 'server');
  const told = [];
  client.on((what, detail) => what === 'drop' && told.push(detail));
  client.track('no such name!', people[0]);
  client.track('fine', people[0]);
  assert.ok(await client.flush(patience));
  assert.equal(client.status().dropped, 1);
  assert.equal(JSON.parse(told[0].events[0][1]).name, 'no such name!');
});

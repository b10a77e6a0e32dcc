// A page of a shop with the SDK from our build, in a real browser, from another origin than the service: assigned without
// flicker, exposed when shown, converted on click, and the result in the report.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Served } from '../sdk/served.mjs';
import { bundled, servePage } from './own_page.mjs';
import { launch, needsChromium } from './shop.mjs';

needsChromium();

let served;
let shop;
let browser;
let clientKey;

const results = (user) => served.call('POST', '/v1/evaluate', { units: [{ type: 'user', id: user }] }, clientKey);

/** `?user=` who looks; `?stream` hears of changes; `?late` decides when the answer has come, as pages do that cannot hand it over. */
async function page(url) {
  const user = url.searchParams.get('user');
  const context = JSON.stringify({ units: { user } });
  const bootstrap = url.searchParams.has('late') ? 'undefined' : `[[${context}, ${JSON.stringify(await results(user))}]]`;
  return `<!doctype html><title>Shop</title><style>body { margin: 0; font: 20px sans-serif } #far { margin-top: 3000px }</style>
<script src="/sdk.js"></script>
<script>
  const context = ${context};
  const client = touchstone.createClient({
    url: '${served.origin}', key: '${clientKey}', bootstrap: ${bootstrap}, stream: ${url.searchParams.has('stream')}, wait: ${url.searchParams.get('wait') ?? 20},
    queue: touchstone.offlineQueue(localStorage),
  });
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
    .observe({ type: 'layout-shift', buffered: true });
</script>
<h1 id="headline">Welcome</h1>
<p>Everything for tea.</p>
<p id="far"><button id="buy">Buy</button></p>
<script>
  const headline = document.getElementById('headline');
  const show = () => { headline.innerHTML = client.evaluate('headline', 'Welcome', context).value; };
  show();
  ${url.searchParams.has('late') ? "client.ready(context).then(() => requestAnimationFrame(() => setTimeout(() => { show(); document.title = 'shown'; }, 100)));" : ''}
  const button = client.peek('button', 'Buy', context);
  const buy = document.getElementById('buy');
  buy.textContent = button.value;
  new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && client.expose(button)).observe(buy);
  buy.addEventListener('click', () => client.track('purchase', context, { value: 12.5 }));
</script>`;
}

before(async () => {
  const script = await bundled('touchstone', `export { createClient } from './dist/remote.js';
    export { offlineQueue } from './dist/offline.js'; export { overlay } from './dist/overlay.js';`);
  shop = await servePage(script, page);
  served = await Served.open('--cors-origin', shop.origin);
  clientKey = served.key('client');
  await served.call('POST', '/v1/metrics', { key: 'purchase', kind: 'proportion', event: 'purchase' });
  await served.call('POST', '/v1/segments', { key: 'secret-friends', when: ['plan', 'in', ['hidden-plan']] });
  const tall = 'A headline<br>of<br>three lines';
  for (const [key, first, second] of [['headline', tall, `${tall} and a half`], ['button', 'Add to basket', 'Take it']])
    await served.call('POST', '/v1/experiments?start', {
      key, exposure: 'client', when: { not: { segment: 'secret-friends' } },
      variants: [{ key: 'control', values: { [key]: first } }, { key: 'changed', values: { [key]: second } }],
      plan: { metrics: [{ metric: 'purchase' }] },
    });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await served?.close();
  shop?.close();
});

async function visit(t, query) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const opened = await context.newPage();
  const complaints = [];
  opened.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  opened.on('pageerror', (error) => complaints.push(`${error}`));
  await opened.goto(`${shop.origin}/?${query}`);
  return { context, opened, complaints };
}

/** The report's counts once they are as expected. */
async function reported(expected) {
  const end = Date.now() + 20_000;
  for (;;) {
    const { results: [{ n, mean }] } = await served.call('GET', '/v1/experiments/button/report');
    const units = n.reduce((sum, each) => sum + each);
    const buyers = n.reduce((sum, each, at) => sum + each * (mean[at] ?? 0), 0);
    if (units === expected.units && Math.round(buyers) === expected.buyers) return;
    assert.ok(Date.now() < end, `the report has ${units} units and ${buyers} buyers`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

test('assigned without flicker, exposed when shown, converted on click, and in the report', async (t) => {
  const { opened, complaints } = await visit(t, 'user=u1');
  assert.match(await opened.locator('#headline').innerText(), /three lines/);
  assert.equal((await opened.evaluate(() => client.status())).queued, 0, 'nobody is exposed by what is out of sight');
  await reported({ units: 0, buyers: 0 });
  await opened.locator('#buy').scrollIntoViewIfNeeded();
  await reported({ units: 1, buyers: 0 });
  await opened.locator('#buy').click();
  const clicked = performance.now();
  await reported({ units: 1, buyers: 1 });
  t.diagnostic(`in the report ${Math.round(performance.now() - clicked)} ms after the click`);
  assert.equal(await opened.evaluate(() => window.shifted), 0);
  assert.deepEqual(complaints, []);
});

test('a page that waits for its answer does shift: the measure works', async (t) => {
  const { opened } = await visit(t, 'user=u2&late');
  await opened.waitForFunction(() => document.title === 'shown');
  await opened.waitForFunction(() => window.shifted > 0);
});

test('what happened last is sent when the page is left', async (t) => {
  const { opened } = await visit(t, 'user=u3&wait=600000');
  await opened.locator('#buy').scrollIntoViewIfNeeded();
  await opened.waitForFunction(() => client.status().queued === 1);
  await opened.locator('#buy').click();
  await opened.goto('about:blank');
  await reported({ units: 2, buyers: 2 });
});

test('what happened without a network is sent by the next page, once', async (t) => {
  const { context, opened } = await visit(t, 'user=u4');
  await context.setOffline(true);
  await opened.locator('#buy').scrollIntoViewIfNeeded();
  await opened.locator('#buy').click();
  await opened.waitForFunction(() => client.status().queued === 2);
  await opened.close();
  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto(`${shop.origin}/?user=u5`);
  await next.waitForFunction(() => client.status().queued === 0 && localStorage.length === 0);
  await reported({ units: 3, buyers: 3 });
});

test('a page that listens hears of a change at once', async (t) => {
  const { opened, complaints } = await visit(t, 'user=u8&stream');
  await opened.waitForFunction(() => client.status().fresh > 0);
  await served.call('POST', '/v1/flags', { key: 'late', type: 'string', off_value: 'off', default: 'here', rules: [] });
  await opened.waitForFunction(() => client.peek('late', 'code', context).value === 'here');
  assert.deepEqual(complaints, []);
});

test('the overlay shows what each flag gave', async (t) => {
  const { opened } = await visit(t, 'user=u6');
  await opened.evaluate(() => {
    touchstone.overlay(client);
    client.peek('button', 'Buy', context);
  });
  assert.match(await opened.getByLabel('Touchstone').innerText(), /button = "(Add to basket|Take it)" \[(control|changed)\] SPLIT \(assigned\)/);
});

test('a hostile page sees no rules, salts, segments or other variants, and logs for no other environment', async (t) => {
  const { opened } = await visit(t, 'user=u7');
  const ask = (target, body) => opened.evaluate(async ([url, key, sent]) => {
    const answer = await fetch(url, {
      method: sent ? 'POST' : 'GET', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: sent && JSON.stringify(sent),
    });
    return { status: answer.status, text: await answer.text() };
  }, [served.origin + target, clientKey, body]);
  const units = [{ type: 'user', id: 'u7' }];

  const { status, text } = await ask('/v1/evaluate', { units });
  assert.equal(status, 200);
  const { evaluations } = JSON.parse(text);
  const snapshot = await served.call('GET', '/v1/snapshot');
  const seen = new Set(evaluations.map(({ value }) => value));
  const experiments = Object.values(snapshot.experiments);
  const others = experiments.flatMap(({ variants }) => variants.flatMap(({ values }) => Object.values(values)));
  const secrets = ['secret-friends', 'hidden-plan', ...[...Object.values(snapshot.layers), ...experiments].map(({ salt }) => salt),
    ...others.filter((value) => !seen.has(value))];
  assert.ok(secrets.length >= 8);
  for (const secret of secrets) assert.ok(!text.includes(JSON.stringify(secret)), `${secret} in ${text}`);

  const refused = [];
  for (const target of ['/v1/snapshot', '/v1/experiments', '/v1/experiments/button', '/v1/experiments/button/report', '/v1/segments',
    '/v1/layers', '/v1/flags', '/v1/keys', '/v1/changes', '/v1/explain?flag=button&unit=u7'])
    refused.push([target, await ask(target).then(({ status }) => status, () => 'unreadable')]);
  for (const [target, how] of refused) assert.ok(how === 403 || how === 'unreadable', `${target}: ${how}`);

  const event = { id: 'e1', type: 'event', name: 'purchase', unit: 'u7', ts: new Date().toISOString() };
  const logged = JSON.parse((await ask('/v1/events', [{ ...event, environment: 'other' }, { ...event, id: 'e2', project: 'other' }])).text);
  assert.equal(logged.refused, 2);
});

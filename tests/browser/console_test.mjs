// A product team creates and runs an experiment in the browser, from the link that signs it in to the decision.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { createClient } from '../../sdk/js/dist/node.js';
import { Desk } from './console.mjs';

let desk;
let shop;
let context;
let page;
const admin = (...question) => desk.admin(...question);
const visible = (...place) => desk.visible(...place);
const looksRight = (name) => desk.looksRight(name);

before(async () => {
  desk = await Desk.open(3000);
  ({ shop, context, page } = desk);
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByRole('link', { name: 'New experiment' }).click();
});

after(() => desk?.close());

test('an empty form says what is still to say', async () => {
  await visible('Before the start');
  assert.ok(await page.getByRole('button', { name: 'Save as draft' }).isDisabled());
  await page.getByRole('link', { name: 'a key for each variant' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'variant-1');
  await looksRight('new');
});

test('what the goal showed before tells how large and how long', async () => {
  await page.getByLabel('Name', { exact: true }).first().fill('One-page checkout');
  assert.equal(await page.locator('#key').inputValue(), 'one-page-checkout');
  await page.getByLabel('Hypothesis').fill('We believe that one page will raise purchases, because each step loses customers.');
  await page.locator('#variant-1').fill('one-page');
  await page.locator('#metric-0').selectOption('purchase');
  await page.getByRole('button', { name: 'Add a guardrail' }).click();
  await page.locator('#metric-1').selectOption('refund');
  await page.locator('#smallest').fill('4');
  await visible('find a change of 4 %', page.locator('#power'));
  const { experiment, metric } = { experiment: await page.locator('#baseline').inputValue(), metric: 'purchase' };
  const told = await admin('POST', '/v1/sample-size', { experiment, metric, effect: { relative: 0.04 }, alpha: 0.05, weights: [50, 50], goals: 1 });
  assert.equal(await page.locator('#units').inputValue(), String(Math.ceil(told.content.units)));
  await page.locator('#units').fill('2000');
  const smallest = await admin('POST', '/v1/sample-size', { experiment, metric, units: 2000, alpha: 0.05, weights: [50, 50], goals: 1 });
  const percent = String(Number((smallest.content.effect.relative * 100).toPrecision(2)));
  await page.waitForFunction((wanted) => document.getElementById('smallest').value === wanted, percent);
  await page.locator('#coverage').fill('50');
});

test('a fault is shown at its field', async () => {
  await page.locator('#layer').evaluate((select) => select.append(new Option('gone', 'gone')));
  await page.locator('#key').fill('hero-image');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByRole('alert').waitFor();
  await page.locator('#key').fill('one-page-checkout');
});

test('a check that blocks is shown, names the field, and lets go once it is mended', async () => {
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await visible('Nobody has asked for its flag');
  assert.equal(new URL(page.url()).pathname, '/console/experiments/one-page-checkout');
  assert.equal((await admin('POST', '/v1/evaluate', { flags: ['one-page-checkout'], units: [{ type: 'user', id: 'a' }] })).status, 200);
  await visible('Something is in the way');
  await looksRight('draft');
  assert.equal(await page.getByRole('button', { name: 'Start', exact: true }).count(), 0);
  await page.getByRole('link', { name: 'Go there' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'exposure');
  await page.locator('#exposure').selectOption('client');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await visible('Ready to start');
});

test('what is shown as JSON makes the same experiment through the API', async () => {
  await page.getByText('As YAML or JSON').click();
  assert.match(await page.locator('#copied-text').textContent(), /^key: one-page-checkout\n/);
  await page.getByRole('button', { name: 'JSON' }).click();
  const text = await page.locator('#copied-text').textContent();
  const copy = { ...JSON.parse(text), key: 'copied', variants: JSON.parse(text).variants.map(({ values: _, ...variant }) => variant) };
  const made = await admin('POST', '/v1/experiments', copy);
  assert.equal(made.status, 201, JSON.stringify(made.content));
  const ours = (await admin('GET', '/v1/experiments/one-page-checkout')).content;
  for (const member of ['plan', 'coverage', 'hypothesis', 'exposure', 'unit_type']) assert.deepEqual(made.content[member], ours[member], member);
});

test('it starts, and counts whom the SDK tells of', async () => {
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await visible('Running');
  const { content } = await admin('POST', '/v1/keys', { kind: 'sdk', name: 'shop' });
  const client = createClient({ url: shop.origin, key: content.key });
  await client.ready();
  let met = 0;
  for (let i = 0; i < 400; i++) {
    const units = { user: `visitor-${i}` };
    const seen = client.evaluate('one-page-checkout', false, { units });
    if (!seen.variant) continue;
    met += 1;
    client.expose(seen);
    if (i % 10 < (seen.value ? 8 : 3)) client.track('purchase', { units });
  }
  await client.close();
  assert.ok(met > 150 && met < 250, `${met} of 400 take part`);
  await page.waitForFunction((total) => {
    const cells = [...document.querySelectorAll('.arms tbody td:nth-of-type(2)')].map((cell) => Number(cell.textContent));
    return cells.reduce((sum, each) => sum + each, 0) === total;
  }, met);
});

test('the verdict is the report\'s own', async () => {
  const other = await context.newPage();
  await other.goto(`${shop.origin}/experiments/one-page-checkout`);
  const headline = await other.locator('#verdict h2').textContent();
  await page.waitForFunction((wanted) => document.querySelector('.report #verdict h2')?.textContent === wanted, headline);
  await other.getByRole('link', { name: 'Run, decide and share it' }).click();
  await other.getByRole('link', { name: 'Read the report' }).waitFor();
  await other.close();
  await looksRight('run');
});

test('a change says exactly whom it moves before it is made', async () => {
  await page.locator('#change summary').click();
  await page.locator('#weight-0').fill('90');
  await page.locator('#weight-1').fill('10');
  const { content: now } = await admin('GET', '/v1/experiments/one-page-checkout');
  const variants = now.variants.map((each, index) => ({ ...each, weight: [90, 10][index] }));
  const { content: foreseen } = await admin('POST', '/v1/experiments/one-page-checkout/plan-change', { variants });
  assert.ok(foreseen.moved > 0);
  const sentence = page.locator('#change [role=status] p').first();
  await sentence.waitFor();
  assert.match(await sentence.textContent(), new RegExp(`Of ${foreseen.exposed} units that met it, ${foreseen.moved} would get another variant`));
  await page.locator('#weight-0').fill('50');
  await page.locator('#weight-1').fill('50');
});

test('it is ramped, closed to new units, paused and resumed', async () => {
  await page.getByRole('button', { name: '100 %' }).click();
  await visible('opens phase 2');
  assert.match(await page.locator('#change [role=status] p').first().textContent(), / 0 would get another variant and 0 would get none/);
  await page.getByRole('button', { name: 'Apply' }).click();
  await visible('Take part (now 100 %)');
  await page.getByLabel('New units may enter').uncheck();
  await visible('opens phase 3');
  await page.getByRole('button', { name: 'Apply' }).click();
  await visible('Running, closed to new units');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Pause it now' }).click();
  await visible('Paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Resume it now' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
});

test('what another person did meanwhile is seen, and not overwritten', async () => {
  const before = (await admin('GET', '/v1/experiments/one-page-checkout')).content;
  await page.route('**/v1/experiments/one-page-checkout', (route) => route.request().method() === 'GET' ? route.abort() : route.continue());
  await admin('PATCH', '/v1/experiments/one-page-checkout', { owner: 'Ada' });
  await page.getByRole('button', { name: '50 %', exact: true }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await visible(`the current version is ${before.version + 1}`);
  await page.unroute('**/v1/experiments/one-page-checkout');
  await visible('Ada');
});

test('the decision reaches everybody, and its reason the history', async () => {
  const { verdict } = (await admin('GET', '/v1/experiments/one-page-checkout/report')).content;
  const against = verdict.code.startsWith('ship') ? 'control' : 'one-page';
  await page.locator('#ship-variant').selectOption(against);
  await page.getByRole('button', { name: `Ship ${against}`, exact: true }).click();
  assert.ok(await page.getByRole('button', { name: `Ship ${against} and stop` }).isDisabled(), 'against the advice it takes a reason');
  await page.locator('#ship-variant').selectOption('one-page');
  await page.locator('#ship-reason').fill('cheaper to run');
  await page.getByRole('button', { name: 'Ship one-page and stop' }).click();
  await visible('Stopped');
  const { content } = await admin('POST', '/v1/evaluate', { flag: 'one-page-checkout', units: [{ type: 'user', id: 'newcomer' }] });
  assert.equal(content.value, true);
  const { content: { items } } = await admin('GET', '/v1/changes?limit=1000');
  assert.equal(items.at(-1).reason, 'Decided for one-page: cheaper to run');
  await looksRight('stopped');
});

test('whoever starts despite a check says why', async () => {
  await admin('POST', '/v1/experiments', { key: 'rushed', variants: [{ key: 'control' }, { key: 'b' }], plan: { metrics: [{ metric: 'purchase' }] } });
  await admin('POST', '/v1/evaluate', { flags: ['rushed'], units: [{ type: 'user', id: 'a' }] });
  await page.goto(`${shop.origin}/console/experiments/rushed`);
  await page.getByText('Start all the same').click();
  const start = page.getByRole('button', { name: 'Start despite exposure' });
  assert.ok(await start.isDisabled());
  await page.getByLabel('Why it may be ignored').fill('the page asks alone from tomorrow on');
  await start.click();
  await visible('Running');
  const { content: { items } } = await admin('GET', '/v1/changes?limit=1000');
  assert.equal(items.at(-1).reason, 'despite exposure: the page asks alone from tomorrow on');
});

test('the list finds it again', async () => {
  await page.getByRole('link', { name: 'Experiments' }).click();
  await page.locator('a[href="/console/experiments/one-page-checkout"]').waitFor();
});

test('it asks its own origin alone and keeps to its policy', () => desk.keptToItsPolicy());

test('a page of another origin of the same site does nothing in the name of a signed-in browser', async () => {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<title>elsewhere</title>'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stranger = await context.newPage();
  await stranger.goto(`http://127.0.0.1:${server.address().port}/`);
  const attempt = (options) => stranger.evaluate(async ([url, init]) => {
    try {
      return (await fetch(url, { method: 'POST', credentials: 'include', body: '{"key":"stolen","kind":"count","event":"a"}', ...init })).type;
    } catch {
      return 'refused';
    }
  }, [`${shop.origin}/v1/metrics`, options]);
  assert.equal(await attempt({ mode: 'no-cors' }), 'opaque', 'it is sent, with the cookie, and changes nothing');
  assert.equal(await attempt({ headers: { 'X-API-Key': 'session' } }), 'refused', 'the browser may not send it');
  assert.equal((await admin('GET', '/v1/metrics/stolen')).status, 404);
  await stranger.close();
  server.close();
});

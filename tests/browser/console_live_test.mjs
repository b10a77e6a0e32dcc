// An experiment while data arrive: figures that come by themselves, how old they are, and what is left without a stream.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;
let sent = 0;

const key = 'live-1';
const now = () => new Date().toISOString();
const send = (...events) => desk.make('/v1/events', events, 200);
const meet = (variant) => send({ id: `x${++sent}`, type: 'exposure', unit: `live-u${sent}`, ts: now(), experiment: key, variant });
const units = (variant) => page.locator('.arms tr').filter({ hasText: variant }).locator('td').nth(1);
const shows = (variant, count) => page.waitForFunction(([name, wanted]) =>
  [...document.querySelectorAll('.arms tbody tr')].find((row) => row.textContent.includes(name))?.querySelectorAll('td')[1]?.textContent === wanted, [variant, String(count)]);

/** The states that the stream tells a program. */
async function* states() {
  const answer = await fetch(`${desk.shop.origin}/v1/experiments/${key}/live`, { headers: { Authorization: `Bearer ${desk.adminKey}` } });
  let text = '';
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (event.includes('event: state')) yield JSON.parse(event.split('\n').find((line) => line.startsWith('data: ')).slice(6));
    }
  }
}

/** The first state of which this holds. */
async function until(holds) {
  for await (const state of states()) if (holds(state)) return state;
}

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  await desk.make('/v1/metrics', { key: 'live_purchase', kind: 'proportion', event: 'live_purchase' });
  await desk.make('/v1/experiments', { key, name: 'While data arrive', exposure: 'client',
    variants: [{ key: 'control' }, { key: 'faster', name: 'Faster' }], plan: { metrics: [{ metric: 'live_purchase' }], horizon: { units: 100 } } });
  await desk.make(`/v1/experiments/${key}:start`, {}, 200);
});

after(() => desk?.close());

test('a conversion is told as soon as it is stored', async () => {
  await meet('control');
  await meet('faster');
  const { results } = await until((state) => state.units === 2);
  await send({ id: 'buys', type: 'event', name: 'live_purchase', unit: 'live-u1', ts: now() });
  const state = await until((each) => each.results !== results);
  const report = await desk.admin('GET', `/v1/experiments/${key}/report`);
  assert.equal(state.results, report.content.digest.results);
  assert.equal(report.content.results[0].successes[0], 1);
});

test('figures come by themselves, and say how old they are', async () => {
  await desk.goto(`/console/experiments/${key}`);
  await shows('control', 1);
  await page.waitForFunction(() => /data up to .*\d\d:\d\d:\d\d UTC, \d+ s ago/.test(document.querySelector('.fresh .age')?.textContent ?? ''));
  await meet('faster');
  await shows('Faster', 2);
  await desk.visible('3 of 100 planned units');
  await page.locator('.split svg').waitFor();
  await desk.visible('Split as planned: chance by luck');
  await page.getByRole('link', { name: 'See the events' }).waitFor();
  assert.ok(desk.asked.some((url) => url.endsWith(`/v1/experiments/${key}/live`)));
  assert.ok(!desk.asked.some((url) => /[?&](token|key)=/.test(url.replace('/setup?token=', ''))), 'no secret in an address');
});

test('held, they stand still', async () => {
  await page.getByRole('button', { name: 'Hold still' }).click();
  await desk.visible('Held: data up to');
  await meet('control');
  await until((state) => state.units === 4);
  assert.equal(await units('control').textContent(), '1');
  await page.getByRole('button', { name: 'Hold still' }).click();
  await shows('control', 2);
});

test('it looks right', () => desk.looksRight('run-live'));

test('an experiment as it was is looked at again', async () => {
  const field = page.getByLabel('What was known at');
  await field.fill('2099-01-01T00:00');
  await page.locator('#past').getByRole('button', { name: 'Look' }).click();
  await page.locator('#past').getByText('4 units: control 2, faster 2').waitFor();
  await field.fill('1990-01-01T00:00');
  await page.locator('#past').getByRole('button', { name: 'Look' }).click();
  await page.locator('#past [role=alert], #past .trouble').first().waitFor();
});

test('the report takes over what is drawn anew, and stays where one is', async () => {
  await desk.goto(`/experiments/${key}`);
  await page.evaluate(() => { window.same = true; });
  await page.waitForFunction(() => /data up to .* ago/.test(document.querySelector('.fresh .age')?.textContent ?? ''));
  await page.locator('details summary').first().click();
  const before_ = await page.locator('main > footer').textContent();
  await meet('faster');
  await page.waitForFunction((text) => document.querySelector('main > footer').textContent !== text, before_);
  assert.equal(await page.evaluate(() => window.same), true, 'the page was not loaded again');
  assert.equal(await page.locator('details').first().getAttribute('open'), '', 'what was opened stays open');
  await page.getByRole('button', { name: 'Hold still' }).click();
  await page.getByText('Held: data up to').waitFor();
  await desk.looksRight('report-live');
  desk.keptToItsPolicy();
});

test('where no stream can be had, figures are asked for', async () => {
  await page.route('**/live', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{}' }));
  await desk.goto(`/console/experiments/${key}`);
  await desk.visible('No live figures: asked for every few seconds.');
  await shows('Faster', 3);
  await meet('faster');
  await shows('Faster', 4);
  await page.unroute('**/live');
});

test('it ends with the experiment', async () => {
  await desk.goto(`/console/experiments/${key}`);
  await shows('Faster', 4);
  await desk.make(`/v1/experiments/${key}:stop`, {}, 200);
  await desk.visible('It has ended: these figures stay.');
});

test('a connection that is lost is told', async () => {
  await desk.make('/v1/experiments', { key: 'live-2', exposure: 'client', variants: [{ key: 'a' }, { key: 'b' }] });
  await desk.make('/v1/experiments/live-2:start', {}, 200);
  await desk.goto('/console/experiments/live-2');
  await page.waitForFunction(() => document.querySelector('.fresh .age') !== null);
  const ended = new Promise((resolve) => desk.shop.process.once('exit', resolve));
  desk.shop.process.kill('SIGTERM');
  await ended;
  await desk.visible('The connection is lost: these figures may be old.');
  desk.shop.close = async () => {};
});

// What the shop's own events say: of metrics, of who is in a segment, and of how long an experiment takes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

async function found(target) {
  for (;;) {
    const { content } = await desk.admin('GET', target);
    if (content.status !== 'computing') return content;
  }
}

before(async () => {
  desk = await Desk.open(2000);
  page = desk.page;
  const now = new Date().toISOString();
  const met = (id, attributes) => ({ id: `a-${id}`, type: 'exposure', experiment: 'recommender', variant: 'control', unit: id, ts: now, attributes });
  await desk.make('/v1/events', [met('ann', { country: 'DE' }), met('bob', { country: 'DE' }), met('eve', { country: 'FR' })], 200);
  await desk.make('/v1/metrics', { key: 'visited', name: 'Put into a basket', kind: 'proportion', event: 'add_to_cart' });
  await desk.make('/v1/segments', { key: 'german', name: 'From Germany', when: ['country', 'is', 'DE'] });
});

after(() => desk?.close());

test('a metric says how small a change it can show, and how long that takes', async () => {
  await desk.goto('/console/metrics/purchase-same-day');
  const { items: [told], lookback } = await found('/v1/metrics/purchase-same-day/sensitivity');
  await page.locator('#sensitivity table').first().waitFor();
  const rate = String(Number((told.baseline.mean * 100).toPrecision(3)));
  await desk.visible(`${rate} % of units`);
  const rows = await page.locator('#sensitivity table').first().locator('tbody tr').count();
  assert.equal(rows, 4);
  const ten = page.locator('#sensitivity table').first().locator('tbody tr').nth(3);
  assert.equal(await ten.locator('td').first().textContent(), Math.ceil(told.changes[3].units).toLocaleString('en'));
  assert.ok((await ten.textContent()).includes(`${Math.ceil(told.changes[3].days).toLocaleString('en')} day`), await ten.textContent());
  await desk.visible(`From ${lookback.events.toLocaleString('en')} events`);
  await page.getByText('The last 14 days as a table').click();
  assert.equal(await page.locator('#sensitivity details tbody tr').count(), 14);
  await desk.looksRight('sensitivity');
  await desk.goto('/console/metrics');
  await desk.visible('1 % in', page.locator('a[href="/console/metrics/purchase-same-day"]'));
});

test('a segment counts who is in it, and names nobody', async () => {
  await desk.goto('/console/segments/german');
  const { count } = await found('/v1/segments/german/count');
  assert.equal(count.units, 2);
  await desk.visible(`of ${count.of.toLocaleString('en')} units seen`);
  await page.getByText('A few of them').click();
  await desk.visible('country: DE');
  const text = await page.locator('main').textContent();
  assert.ok(!text.includes('ann') && !text.includes('bob'));
  await desk.looksRight('segment-count');
});

test('the form counts whom its condition lets in', async () => {
  await desk.goto('/console/new');
  await page.getByRole('button', { name: /add a condition/i }).click();
  await page.getByLabel('Condition 1: attribute').fill('country');
  await page.getByLabel('Condition 1: value').fill('FR');
  await page.locator('#audience strong').getByText('1', { exact: true }).waitFor();
  await page.getByLabel('Condition 1: value').fill('DE');
  await page.locator('#audience strong').getByText('2', { exact: true }).waitFor();
});

test('the power box starts from the shop\'s own events where no experiment had the goal', async () => {
  await page.locator('#metrics select').first().selectOption('visited');
  await page.locator('#own').waitFor();
  const { items: [told], lookback } = await found('/v1/metrics/visited/sensitivity');
  await page.locator('#smallest').fill('10');
  const { content: sized } = await desk.admin('POST', '/v1/sample-size', {
    baseline: { rate: told.baseline.mean }, effect: { relative: 0.1 }, units_per_day: lookback.units_per_day.mean });
  await desk.visible(`${Math.round(sized.units).toLocaleString('en')} units`, page.locator('#power'));
  const days = (perDay) => Math.max(1, Math.ceil(sized.units / perDay)).toLocaleString('en');
  const { slowest, fastest } = lookback.units_per_day;
  if (days(slowest) !== days(fastest)) await desk.visible(`(${days(fastest)} to ${days(slowest)})`, page.locator('#power'));
  await desk.looksRight('power-own');
});

test('nothing was asked of anybody else', () => desk.keptToItsPolicy());

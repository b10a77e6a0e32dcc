// Metrics and segments: what they say in words, how they are reckoned, and what uses them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

const hostile = '<img src=x onerror=alert(1)>';

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  await desk.make('/v1/metrics', { key: 'basket-value', name: 'Worth of a basket', kind: 'ratio', event: 'purchase', property: 'total', denominator: { event: 'visit', of: 'occurrence' } });
  await desk.make('/v1/metrics', { key: 'hostile', name: `${hostile} ${'long'.repeat(40)}`, kind: 'count', event: 'visit', filter: [['note', 'is', hostile]] });
  await desk.make('/v1/segments', { key: 'young', name: 'Under thirty', when: { all: [['age', 'lt', 30], ['country', 'in', ['DE', 'AT']]] } });
  await desk.make('/v1/segments', { key: 'testers', description: hostile, list: { ids: ['a', hostile, 'c'] } });
  await desk.make('/v1/segments', { key: 'young-testers', when: { any: [{ segment: 'young' }, { not: { segment: 'testers' } }] } });
  await desk.make('/v1/flags', { key: 'banner', type: 'bool', default: false, off_value: false, rules: [{ when: { segment: 'young' }, give: true }] });
});

after(() => desk?.close());

test('the catalogue of metrics is searched and says what each is', async () => {
  await desk.goto('/console/metrics');
  const line = page.locator('a[href="/console/metrics/purchase-first-week"]');
  await line.waitFor();
  const { content: metric } = await desk.admin('GET', '/v1/metrics/purchase-first-week');
  assert.equal(await line.locator('.line').textContent(), `Share of units with purchase, from the first exposure on, for ${metric.window.length}`);
  await desk.looksRight('metrics');
  await desk.hasTabOrder();
  await page.getByRole('link', { name: /^Ratio/ }).click();
  await page.waitForFunction(() => document.querySelectorAll('ul.items > li').length === 1);
  await page.reload();
  await page.getByText('Worth of a basket').click();
  await desk.visible('sum of total of purchase ÷ sum of number of visit');
  await desk.visible('More is better');
  await desk.visible('No experiment yet');
  await desk.looksRight('metric');
});

test('a metric names its experiments', async () => {
  await desk.goto('/console/metrics/refund');
  const { content: { items } } = await desk.admin('GET', '/v1/experiments?limit=1000');
  const users = items.filter((each) => each.plan.metrics.some(({ metric }) => metric === 'refund'));
  await page.waitForFunction((count) => document.querySelectorAll('#users li').length === count, users.length);
  assert.deepEqual((await page.locator('#users li a').allTextContents()).sort(), users.map(({ name }) => name).sort());
  await page.getByRole('link', { name: 'Its history' }).click();
  await desk.visible('Made metric refund');
  await desk.goto('/console/metrics/hostile');
  await desk.visible(`number of visit (where note is ${hostile}) ÷ units`);
  assert.equal(await page.locator('main img').count(), 0);
  await desk.goto('/console/metrics/nothing');
  await desk.visible('No such metric');
});

test('the stage of a metric is chosen where it is described, and reports show it', async () => {
  await desk.goto('/console/metrics/refund');
  const stage = page.getByLabel('Stage of the journey');
  assert.equal(await stage.inputValue(), 'post_purchase');
  await stage.selectOption('Purchase');
  await page.getByText('Version 2').waitFor();
  assert.equal((await desk.admin('GET', '/v1/metrics/refund')).content.stage, 'purchase');
  await desk.goto('/experiments/shorter-checkout');
  assert.match(await page.locator('#changes tr', { hasText: 'Sent something back' }).locator('.stage').textContent(), /^Purchase$/);
  assert.equal(await page.locator('#journey').count(), 0, 'all of one stage is no way');
  await desk.goto('/console/metrics/refund');
  await stage.selectOption('none');
  await page.getByText('Version 3').waitFor();
  await desk.goto('/console/metrics');
  await page.locator('a[href="/console/metrics/refund"]').waitFor();
  assert.doesNotMatch(await page.locator('a[href="/console/metrics/refund"]').textContent(), /purchase ·/i);
});

test('segments say who is in them, and what uses them', async () => {
  await desk.goto('/console/segments');
  await desk.visible('age < 30 and country is one of DE, AT');
  await desk.visible('A list of 3 users');
  await desk.visible('in segment young or not (in segment testers)');
  await desk.looksRight('segments');
  await page.getByLabel('Search').fill('thirty');
  await page.waitForFunction(() => document.querySelector('[role=status]').textContent === '1 segment');
  await page.getByText('Under thirty').click();
  await page.locator('#users li').first().waitFor();
  assert.deepEqual(await page.locator('#users li').allTextContents(), ['Flag banner', 'Segment young-testers']);
  await desk.looksRight('segment');
  await page.getByRole('link', { name: 'banner' }).click();
  await desk.visible('If in segment young: everybody gets true');
  desk.keptToItsPolicy();
});

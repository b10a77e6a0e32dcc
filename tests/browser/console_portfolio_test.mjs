// What all experiments come to, and views of their list that people keep.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

const hostile = '<img src=x onerror=alert(1)> نص ';
const portfolio = async (query = '') => (await desk.admin('GET', `/v1/portfolio${query}`)).content;
const words = (value) => `${value < 0 ? '−' : '+'}${Math.abs(Number((value * 100).toPrecision(2)))} %`;

before(async () => {
  desk = await Desk.open(2000);
  page = desk.page;
  await desk.make('/v1/experiments', { key: 'empty', name: `${hostile} empty`, variants: [{ key: 'control' }, { key: 'b' }] });
  await desk.make('/v1/experiments/empty:start', {}, 200);
});

after(() => desk?.close());

test('it says what the API says: counts, what was shipped, and each change as measured and as believed', async () => {
  await desk.goto('/console');
  const answer = page.waitForResponse((response) => response.url().includes('/v1/portfolio')); // the shop goes on selling
  await page.getByRole('link', { name: 'Portfolio' }).click();
  const told = await (await answer).json();
  assert.equal(told.prior.status, 'ok');
  await page.locator('li.effect').nth(told.effects.length - 1).waitFor();
  assert.equal(await page.locator('li.effect').count(), told.effects.length);
  const figures = await page.locator('#counts .figures strong').allTextContents();
  assert.deepEqual(figures.slice(0, 4), ['9', told.per_month.toFixed(1), '2', '7']);
  const first = page.locator('li.effect').first();
  const measured = await first.locator('.soft').last().textContent();
  assert.ok(measured.startsWith(`measured ${words(told.effects[0].raw.estimate)}`), measured);
  const believed = await first.locator('span.line:not(.soft)').textContent();
  assert.ok(believed.startsWith(words(told.effects[0].shrunken.estimate)), believed);
  await desk.visible(told.explanation);
  const shipped = page.locator('#shipped p').filter({ hasText: 'Bought on the day' });
  assert.match(await shipped.textContent(), /1 experiment: .* to be believed; .* as measured\./);
  await page.getByText('left out').click();
  await desk.visible('it has no data');
  assert.equal(await page.locator('main img').count(), 0);
  await desk.looksRight('portfolio');
});

test('a filter is a link, and what is not there is said', async () => {
  await page.getByLabel('Goal', { exact: true }).selectOption('product-view');
  await page.waitForFunction(() => document.querySelectorAll('li.effect').length === 1);
  assert.equal(new URL(page.url()).search, '?metric=product-view');
  await desk.visible('there is 1. What was measured stands alone');
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll('li.effect').length === 1);
  await page.getByLabel('Begun from').fill('2099-01-01');
  await desk.visible('No change to compare yet.');
  assert.equal((await portfolio('?metric=product-view&from=2099-01-01T00:00:00Z')).experiments, 0);
});

test('a view of the list is kept, for oneself or for everybody, opened, and forgotten', async () => {
  await desk.goto('/console?state=stopped');
  await page.getByRole('button', { name: 'Keep this view…' }).click();
  await page.getByLabel('Keep this view as').fill(`${hostile} ended`);
  await page.getByLabel('For everybody').check();
  await page.getByRole('button', { name: 'Keep it' }).click();
  const chip = page.locator('.views li').filter({ hasText: 'ended' });
  await chip.waitFor();
  assert.equal(await page.locator('main img').count(), 0);
  assert.equal(await chip.locator('a').getAttribute('aria-current'), 'true');
  await desk.looksRight('views');
  const { content: { items } } = await desk.admin('GET', '/v1/views');
  assert.deepEqual(items.map(({ name, query, shared }) => [name, query, shared]), [[`${hostile} ended`, 'state=stopped', true]]);
  await page.getByLabel('Search').fill('checkout');
  await chip.locator('a').click();
  await page.waitForFunction(() => location.search === '?state=stopped');
  assert.equal(await page.getByLabel('Search').inputValue(), '');
  await desk.goto('/console');
  await chip.locator('a').click();
  await page.waitForFunction(() => location.search === '?state=stopped');
  await page.getByRole('button', { name: 'Forget this view' }).click();
  await chip.waitFor({ state: 'detached' });
  assert.deepEqual((await desk.admin('GET', '/v1/views')).content.items, []);
});

test('nothing was asked of anybody else', () => desk.keptToItsPolicy());

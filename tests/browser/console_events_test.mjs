// Events as they come: what became of them, what was stored last, and what is kept aside until a clock is mended.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

const hostile = '<img src=x onerror=alert(1)>';
const send = (...events) => desk.make('/v1/events', events, 200);
const purchase = (id, ts, further = {}) => ({ id, type: 'event', name: 'purchase', unit: 'u1', ts, ...further });
const figure = (outcome) => page.locator(`.figures .${outcome} strong`);
const grouped = (count) => count.toLocaleString('en');

/** The ledger of the last day, as the API says it. */
const ledger = async () => (await desk.admin('GET', '/v1/ledger')).content;

before(async () => {
  desk = await Desk.open();
  page = desk.page;
});

after(() => desk?.close());

test('nothing kept aside says what would be', async () => {
  await desk.goto('/console/events');
  await desk.visible('Nothing. An event comes here if');
});

test('what comes in is counted by what became of it, while one looks', async () => {
  const now = new Date(Date.now() - 60_000).toISOString();
  await send(purchase('p1', now), purchase('p1', now, { value: 4 }), { type: 'nonsense' },
    purchase('ahead-1', '2099-01-01T00:00:00Z', { unit: hostile }), purchase('ahead-2', '2099-01-01T00:00:00Z'));
  for (const [outcome, count] of [['duplicate', 1], ['quarantined', 2], ['refused', 1]])
    await page.waitForFunction(([name, wanted]) => document.querySelector(`.figures .${name} strong`)?.textContent === wanted, [outcome, String(count)]);
  await desk.visible('1 of what was sent before said something else');
  const { items } = await ledger();
  const refused = items.find((line) => line.refused > 0);
  const line = page.locator('.sums').first().getByRole('row').filter({ hasText: refused.key });
  assert.equal(await line.locator('td').last().textContent(), '1', 'the table names the key that sent it');
  assert.ok((await page.locator('.bars rect').count()) >= 1);
});

test('a longer time is an address', async () => {
  await page.getByRole('link', { name: 'A week' }).click();
  await page.waitForFunction(() => location.search === '?time=week');
  const { content } = await desk.admin('GET', `/v1/ledger?from=${new Date(Date.now() - 6 * 86_400_000).toISOString()}`);
  assert.equal(await figure('quarantined').textContent(), grouped(content.window.quarantined));
  await page.goBack();
});

test('what was stored last comes by itself, and stands still to be read', async () => {
  const line = (name) => page.locator('.latest li').filter({ hasText: name });
  const own = (name) => ({ type: 'event', name, unit: hostile, ts: new Date(Date.now() - 1000).toISOString(), properties: { note: hostile } });
  await page.getByRole('button', { name: 'Hold still' }).click();
  await send(own('rare_first'));
  await page.getByRole('button', { name: 'Hold still' }).click();
  await line('rare_first').waitFor();
  await page.getByRole('button', { name: 'Hold still' }).click();
  const held = await page.locator('.latest').textContent();
  await send(own('rare_second'));
  await page.locator('.latest summary').first().click();
  await page.locator('.latest pre').first().waitFor();
  assert.ok(!(await page.locator('.latest').textContent()).includes('rare_second'));
  assert.ok((await page.locator('.latest').textContent()).startsWith(held.slice(0, 8)));
  assert.equal(await page.locator('main img').count(), 0, 'what is sent is text');
});

test('events of a clock that runs ahead say why they wait, and are replayed at their true time', async () => {
  await desk.visible('more than a day before');
  await desk.visible(/look at the sender's clock/i);
  await desk.looksRight('events');
  await desk.hasTabOrder();
  const { content: { items } } = await desk.admin('GET', '/v1/quarantine');
  assert.equal(items.length, 2);
  await page.locator(`#aside-${items[0].id}`).check();
  await page.getByRole('button', { name: 'Replay 1 event' }).click();
  await desk.visible('1 still too far ahead');
  const days = Math.ceil((Date.parse(items[0].te) - Date.parse(items[0].received)) / 86_400_000);
  await page.getByRole('button', { name: `${days}d` }).click();
  assert.equal(await page.locator('#earlier').inputValue(), `${days}d`);
  await page.getByRole('button', { name: 'Replay all' }).click();
  await desk.visible('2 events stored');
  await desk.visible('Nothing. An event comes here if');
  assert.deepEqual((await desk.admin('GET', '/v1/quarantine')).content.items, []);
  const { content } = await desk.admin('GET', '/v1/events?limit=1000');
  const stored = content.items.find((each) => each.event.id === 'ahead-1');
  assert.ok(stored && Date.parse(stored.te) < Date.now() + 86_400_000, 'it takes effect when it came in');
});

test('a duration that is none is told at its place', async () => {
  await send(purchase('ahead-3', '2099-01-01T00:00:00Z'));
  await page.getByRole('button', { name: 'Replay all' }).waitFor();
  await page.locator('#earlier').fill('soon');
  await page.getByRole('button', { name: 'Replay all' }).click();
  await page.locator('#aside').getByRole('alert').waitFor();
  desk.keptToItsPolicy();
});

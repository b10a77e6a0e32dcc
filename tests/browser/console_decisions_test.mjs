// What was decided, and the report for those who have no key.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;
const key = 'new-basket';
const log = async () => (await desk.admin('GET', `/v1/experiments/${key}/decisions`)).content.items;

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  await desk.make('/v1/experiments?start', { key, name: 'New basket', variants: [{ key: 'control' }, { key: 'b', name: 'Side basket' }], plan: { metrics: [{ metric: 'purchase' }] } });
  await desk.goto(`/console/experiments/${key}`);
});

after(() => desk?.close());

test('a decision against the advice needs a reason, and stands beside that advice', async () => {
  await page.getByText('Write down a decision').click();
  await page.locator('#decision-action').selectOption('ship');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await desk.visible('this is not what the report advises', page.getByRole('alert'));
  assert.deepEqual(await log(), []);
  await page.locator('#decision-reason').fill('the old one is <b>broken</b> on phones');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await desk.visible('Ship Side basket', page.locator('ol.decisions'));
  await desk.visible('the old one is <b>broken</b> on phones', page.locator('ol.decisions'));
  const [decision] = await log();
  assert.equal(decision.against, true);
  await desk.visible(`Against the advice of then: ${decision.advice.headline}`, page.locator('ol.decisions'));
  await page.locator('#decision-action').selectOption('extend');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await desk.visible('Go on', page.locator('ol.decisions'));
});

test('a link shows the report to anybody until it is taken back', async () => {
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.locator('#shared-link').getAttribute('href');
  await desk.looksRight('decided');
  await desk.hasTabOrder();
  const stranger = await (await desk.browser.newContext()).newPage();
  assert.equal((await stranger.goto(link)).status(), 200);
  await stranger.getByRole('heading', { name: 'New basket', exact: true }).waitFor();
  assert.equal(await stranger.locator('a[href*="/console"]').count(), 0);
  await stranger.getByText('the old one is <b>broken</b> on phones').waitFor();
  await page.getByRole('button', { name: /^Take back/ }).click();
  await page.waitForFunction(() => document.querySelectorAll('ul.links li').length === 0);
  assert.equal((await stranger.goto(link)).status(), 404);
  await stranger.getByText('This link shows nothing').waitFor();
});

test('the report comes as files', async () => {
  for (const [words, ending] of [['One page', 'html'], ['Table (CSV)', 'csv'], ['Document (JSON)', 'json'], ['Text for chat', 'md']]) {
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: words }).click();
    assert.equal((await coming).suggestedFilename(), `${key}.${ending}`);
  }
});

test('a drawing comes as a picture, its days as lines', async () => {
  const picture = page.waitForEvent('download');
  await page.getByRole('button', { name: 'What changed (PNG)' }).click();
  const kept = await picture;
  assert.equal(kept.suggestedFilename(), `${key}-changes.png`);
  const bytes = readFileSync(await kept.path());
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  assert.equal(bytes.readUInt32BE(16), 1520, 'twice as wide as the drawing');
  const days = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Day by day (NDJSON)' }).click();
  assert.equal((await days).suggestedFilename(), `${key}.series.ndjson`);
});

test('the page has the log, and leads to the files', async () => {
  await desk.goto(`/experiments/${key}`);
  await page.getByRole('heading', { name: 'What was decided' }).waitFor();
  assert.equal(await page.locator('ol.decisions > li').count(), 2);
  await desk.visible('Ship Side basket', page.locator('ol.decisions'));
  await page.getByRole('link', { name: 'Table (CSV)' }).waitFor();
  await desk.looksRight('decided-report');
});

test('the pages keep to their policy', () => desk.keptToItsPolicy());

// The audit trail: who changed what, when, why, and from what to what.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

const hostile = '<img src=x onerror=alert(1)>';
const lines = () => page.locator('.changes-list > li');
const of = (text) => lines().filter({ hasText: text });

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  await desk.make('/v1/flags', { key: 'banner', type: 'int', default: 1, off_value: 0, rules: [{ when: ['country', 'is', 'DE'], give: 2 }] });
  await desk.admin('PATCH', `/v1/flags/banner?reason=${encodeURIComponent(hostile)}`, { default: 7, description: hostile });
  await desk.admin('PATCH', '/v1/flags/banner?reason=too%20loud', { enabled: false, rules: [{ when: ['country', 'is', 'DE'], give: 3 }] });
});

after(() => desk?.close());

test('the latest come first, with who, why, and from what to what', async () => {
  await desk.goto('/console/changes');
  const first = lines().first();
  await first.getByText('Changed flag banner').waitFor();
  await first.getByText('too loud').waitFor();
  const { content } = await desk.admin('GET', '/v1/changes?newest&limit=1');
  const [{ actor, at }] = content.items;
  assert.ok((await first.textContent()).includes(actor));
  assert.equal(await first.locator('time').getAttribute('datetime'), at);
  assert.deepEqual(await first.locator('.diff div').allTextContents(), ['enabledtrue → false', 'rules › 1 › give2 → 3']);
  assert.deepEqual(await lines().nth(1).locator('.diff div').allTextContents(), [`default1 → 7`, `description"" → ${JSON.stringify(hostile)}`]);
  assert.equal(await page.locator('main img').count(), 0);
  await desk.looksRight('changes');
  await desk.hasTabOrder();
});

test('filters are an address', async () => {
  await page.getByLabel('Of', { exact: true }).selectOption('experiment');
  await page.waitForFunction(() => ![...document.querySelectorAll('.changes-list strong')].some((each) => !each.textContent.includes('experiment')) && document.querySelectorAll('.changes-list > li').length > 0);
  assert.equal(new URL(page.url()).search, '?entity=experiment');
  await desk.goto('/console/changes?entity=flag&key=banner');
  await page.waitForFunction(() => document.querySelectorAll('.changes-list > li').length === 3);
  await of('Made flag').getByText('What it said').click();
  assert.ok((await of('Made flag').locator('.diff').textContent()).includes('"banner"'));
  await desk.goto('/console/changes?entity=flag&key=nothing');
  await desk.visible('Nothing changed here');
  await page.getByRole('button', { name: 'Show all changes' }).click();
  await of('Changed flag banner').first().waitFor();
});

test('more than a page is read on, and a change knows the one before it even there', async () => {
  await desk.make('/v1/layers', { key: 'shop' });
  for (let i = 0; i < 205; i++) await desk.admin('PATCH', '/v1/layers/shop', { name: `name ${i}` });
  await desk.goto('/console/changes');
  await page.waitForFunction(() => document.querySelectorAll('.changes-list > li').length === 100);
  const last = lines().nth(99);
  await last.getByRole('button', { name: 'Show what changed' }).click();
  await last.locator('.diff').getByText('"name 104"').waitFor();
  assert.deepEqual(await last.locator('.diff div').allTextContents(), ['name"name 104" → "name 105"']);
  await page.getByRole('button', { name: 'Show older' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.changes-list > li').length === 200);
  await page.getByRole('button', { name: 'Show older' }).click();
  await of('too loud').waitFor();
  const { content: { items } } = await desk.admin('GET', '/v1/changes?limit=1000');
  while (await page.getByRole('button', { name: 'Show older' }).count()) await page.getByRole('button', { name: 'Show older' }).click();
  await page.waitForFunction((all) => document.querySelectorAll('.changes-list > li').length === all, items.length);
});

test('what another does meanwhile appears by itself', async () => {
  await desk.admin('PATCH', '/v1/flags/banner?reason=quiet%20again', { enabled: true });
  await of('quiet again').waitFor();
  desk.keptToItsPolicy();
});

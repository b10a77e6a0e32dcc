// The list of experiments: found again by an address, quick with a thousand, and harmless whatever they are called.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

const hostile = '<img src=x onerror=alert(1)>"\'&lt;script&gt;';
const strange = [
  { key: 'rtl', name: 'تجربة الدفع \u202eevil', hypothesis: 'نعتقد أن صفحة واحدة سترفع المشتريات', owner: 'سارة' },
  { key: 'emoji', name: '👩‍👩‍👧‍👦🛒 Größerer Knopf é', hypothesis: '🎉'.repeat(60), owner: 'Zoë' },
  { key: 'hostile', name: hostile, hypothesis: hostile, owner: hostile, tags: ['<b>bold</b>'] },
  { key: 'long', name: `${'endless'.repeat(25)} name`, hypothesis: 'word '.repeat(400), owner: 'o'.repeat(190) },
];

const described = (each) => ({ variants: [{ key: 'control' }, { key: 'b' }], ...each });
const names = () => page.locator('ul.items .name').allTextContents();
const told = () => page.locator('[role=status]').first().textContent();

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  for (const each of strange) await desk.make('/v1/experiments', described(each));
  await desk.make('/v1/experiments', described({ key: 'old', name: 'Old idea' }));
  await desk.make('/v1/experiments/old:archive', {}, 200);
});

after(() => desk?.close());

test('every experiment is in the list, with its verdict in the words of the report', async () => {
  await desk.goto('/console');
  await page.locator('ul.items > li').nth(11).waitFor();
  assert.equal(await told(), '12 experiments', 'the demo has eight, four were made, and the archived one stays away');
  const other = await desk.context.newPage();
  await other.goto(`${desk.shop.origin}/experiments/coupon-popup`);
  const headline = (await other.locator('#verdict h2').textContent()).trim();
  await other.close();
  const line = page.locator('a[href="/console/experiments/coupon-popup"]');
  await line.getByText(headline).waitFor();
  await desk.looksRight('list');
  await desk.hasTabOrder();
});

test('names are text, whatever they say', async () => {
  const line = page.locator('a[href="/console/experiments/hostile"]');
  assert.equal(await line.locator('.name').textContent(), hostile);
  assert.equal(await page.locator('ul.items img, ul.items script, ul.items b').count(), 0);
  assert.equal(await page.evaluate(() => document.querySelectorAll('ul.items bdi.name').length), 12, 'what is written from the right stays by itself');
});

test('what is sought and chosen stands in the address, and the address shows it again', async () => {
  await page.getByLabel('Search').fill('großerer KNOPF');
  await page.waitForFunction(() => document.querySelectorAll('ul.items > li').length === 1);
  assert.deepEqual(await names(), ['👩‍👩‍👧‍👦🛒 Größerer Knopf é'], 'without case and accents');
});

test('a filter is a link', async () => {
  await desk.goto('/console');
  await page.getByRole('link', { name: /^Stopped/ }).click();
  await page.getByLabel('Search').fill('CHECKOUT');
  await page.waitForFunction(() => document.querySelectorAll('ul.items > li').length === 2);
  assert.equal(new URL(page.url()).search, '?state=stopped&q=CHECKOUT');
  await page.getByLabel('Order').selectOption('name');
  const shown = await names();
  assert.deepEqual(shown, ['A/A: checkout against itself', 'Shorter checkout']);
  await page.reload();
  await page.locator('ul.items > li').nth(1).waitFor();
  assert.deepEqual(await names(), shown);
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes('sort'));
  await page.getByRole('link', { name: /^Archived/ }).click();
  await desk.visible('Nothing matches');
  await page.getByRole('button', { name: 'Show all experiments' }).click();
  await page.waitForFunction(() => document.querySelectorAll('ul.items > li').length === 12);
  assert.equal(new URL(page.url()).search, '', 'the empty list leads out of itself');
  await desk.goto('/console?state=archived');
  await desk.visible('Old idea');
});

test('an experiment that is not there says so and leads on', async () => {
  await desk.goto('/console/experiments/nothing');
  await desk.visible('No such experiment');
  await page.getByRole('link', { name: 'See all' }).click();
  await page.locator('ul.items > li').first().waitFor();
  await desk.goto('/console/nothing');
  await desk.visible('No such page');
});

test('a thousand are found as quickly as one', async () => {
  const bulk = Array.from({ length: 988 }, (_, i) => described({ key: `bulk-${i}`, name: `Bulk ${i}`, owner: `team ${i % 7}`, tags: [`t${i % 5}`] }));
  while (bulk.length > 0) await Promise.all(bulk.splice(0, 19).map((each) => desk.make('/v1/experiments', each)));
  await desk.goto('/console');
  await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent === '1,000 experiments');
  assert.equal(await page.locator('ul.items > li').count(), 100, 'the page holds a hundred');
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.waitForFunction(() => document.querySelectorAll('ul.items > li').length === 200);
  await page.getByLabel('Search').fill('bulk 987');
  await page.waitForFunction(() => document.querySelectorAll('ul.items > li').length === 1);
  await page.getByLabel('Search').fill('');
  await page.getByLabel('Owner').selectOption('team 3');
  await page.getByLabel('Tag').selectOption('t2');
  // Independent: of 0..987 those with i % 7 = 3 and i % 5 = 2 are 17 + 35k, k = 0..27.
  await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent === '28 experiments');
  const spent = await page.evaluate(async () => {
    const box = document.getElementById('search');
    const began = performance.now();
    for (const text of ['b', 'bu', 'bul', 'bulk', 'bulk ', 'bulk 1']) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, text);
      box.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
    return (performance.now() - began) / 6;
  });
  console.log(`a keystroke in a list of a thousand takes ${spent.toFixed(1)} ms`);
  await page.getByLabel('Search').fill('');
  await page.getByLabel('Owner').selectOption('');
  await page.getByLabel('Tag').selectOption('');
  await desk.looksRight('list-thousand');
});

test('it keeps to its origin and its policy', () => desk.keptToItsPolicy());

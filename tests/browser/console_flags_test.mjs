// Flags: what they do in words, the switch with its way back, and why somebody gets what they get.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

const hostile = '"><img src=x onerror=alert(1)>';
const evaluate = async (flag, unit, attributes = {}) => (await desk.make('/v1/evaluate', { flag, unit, attributes }, 200)).value;
const last = async () => (await desk.admin('GET', '/v1/changes?newest&limit=1')).content.items[0];

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  await desk.make('/v1/segments', { key: 'young', when: ['age', 'lt', 30] });
  await desk.make('/v1/flags', {
    key: 'banner', name: 'Banner at the top', type: 'string', default: 'none', off_value: 'hidden', rules: [
      { when: { all: [['country', 'in', ['DE', 'AT']], { segment: 'young' }] }, give: 'sale' },
      { when: ['staff', 'is', true], give: 'preview' },
      { rollout: { unit: 'user', share: '20%' }, give: 'teaser' }] });
  await desk.make('/v1/flags', { key: 'hostile', name: hostile, description: `${hostile} نص عربي `.repeat(20), type: 'string', default: hostile, off_value: null });
});

after(() => desk?.close());

test('the list says what each does, and finds them by state', async () => {
  await desk.goto('/console/flags');
  const line = page.locator('a[href="/console/flags/banner"]');
  await line.getByText('3 rules').waitFor();
  assert.equal(await page.locator('a[href="/console/flags/hostile"] .name').textContent(), hostile);
  await desk.looksRight('flags');
  await desk.hasTabOrder();
  await page.getByLabel('Search').fill('coupon');
  await page.waitForFunction(() => document.querySelector('[role=status]').textContent === '1 flag');
  assert.equal(new URL(page.url()).search, '?q=coupon');
  await desk.goto('/console/flags?state=off');
  await desk.visible('Nothing matches');
  await page.getByRole('button', { name: 'Show all flags' }).click();
  await line.click();
});

test('rules are told in words', async () => {
  await page.locator('ol.rules').waitFor();
  assert.deepEqual(await page.locator('ol.rules li').allTextContents(), [
    'If country is one of DE, AT and in segment young: everybody gets "sale"',
    'If staff is true: everybody gets "preview"',
    '20\u00A0% of users get "teaser"',
    'Otherwise everybody gets "none"']);
});

test('why somebody gets what they get, each step in words', async () => {
  await page.getByLabel('Id').fill('cust_00000042');
  await page.locator('#value-0').fill('DE');
  await page.getByRole('button', { name: 'Add an attribute' }).click();
  await page.locator('#name-2').fill('age');
  await page.locator('#kind-2').selectOption('num');
  await page.locator('#value-2').fill('19');
  await page.getByRole('button', { name: 'Explain' }).click();
  await desk.visible('cust_00000042 gets "sale"');
  assert.equal(await evaluate('banner', 'cust_00000042', { country: 'DE', age: 19 }), 'sale');
  const steps = await page.locator('ol.trace li li').allTextContents();
  assert.deepEqual(steps.slice(0, 1), ['country is "DE": “is one of” holds']);
  assert.ok(steps.includes('In segment young'), steps.join('\n'));
  assert.equal(new URL(page.url()).search, '?unit=cust_00000042&attr.country=DE&num.age=19');
  await page.reload();
  await desk.visible('cust_00000042 gets "sale"');
  assert.equal(await page.locator('#name-1').inputValue(), 'age', 'what the address says, then what the rules ask for');
  await page.locator('#value-1').fill('64');
  await page.getByRole('button', { name: 'Explain' }).click();
  const { content: told } = await desk.admin('GET', '/v1/explain?flag=banner&unit=cust_00000042&attr.country=DE&num.age=64');
  await desk.visible(`cust_00000042 gets ${JSON.stringify(told.value)}`);
  assert.equal(await page.locator('ol.trace > li').count(), told.rules.length);
  const draw = told.rules.at(-1).draws[0];
  await desk.visible(`slot ${draw.slot.toLocaleString('en')} of 1,000,000`);
  await desk.looksRight('flag');
  await desk.hasTabOrder();
  await page.getByLabel('Type of unit').fill('???');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByRole('alert').waitFor();
});

test('the switch turns it off for everybody, with a reason, and one click takes it back', async () => {
  assert.equal(await evaluate('banner', 'u', { staff: true }), 'preview');
  await page.getByRole('button', { name: 'Turn off', exact: true }).click();
  await desk.visible('Everybody gets "hidden" at once');
  await page.locator('#switch-reason').fill('it covers the basket');
  assert.equal(await evaluate('banner', 'u', { staff: true }), 'preview', 'nothing happens before it is said twice');
  await page.getByRole('button', { name: 'Turn off now' }).click();
  await desk.visible('Turned off.');
  assert.equal(await evaluate('banner', 'u', { staff: true }), 'hidden');
  const change = await last();
  assert.deepEqual([change.entity, change.key, change.reason, change.document.enabled], ['flag', 'banner', 'it covers the basket', false]);
  await desk.looksRight('flag-off');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('#switch .state.on').waitFor();
  assert.equal(await evaluate('banner', 'u', { staff: true }), 'preview');
  assert.equal((await last()).reason, 'Taken back: turned off');
});

test('whoever was overtaken is told, and sees what the other did', async () => {
  await page.route('**/v1/flags/banner', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  await desk.admin('PATCH', '/v1/flags/banner', { description: 'changed meanwhile' });
  await page.getByRole('button', { name: 'Turn off', exact: true }).click();
  await page.getByRole('button', { name: 'Turn off now' }).click();
  await desk.visible('the current version is');
  assert.equal(await evaluate('banner', 'u', { staff: true }), 'preview');
  await page.unroute('**/v1/flags/banner');
  await desk.visible('changed meanwhile');
});

test('a flag says how code asks for it, and whether it has done its work', async () => {
  await desk.goto('/console/flags/shorter-checkout');
  await desk.visible('took part in');
  assert.deepEqual(await page.locator('ol.rules li').allTextContents(), ['Everybody took part in shorter-checkout, stopped', 'Otherwise everybody gets false']);
  assert.equal(await page.locator('.sure').count(), 0, 'it stopped today');
  for (const [language, part] of [['JavaScript', "client.evaluate('shorter-checkout', false"], ['C++', 'client.boolean("shorter-checkout"'],
    ['OpenFeature', "getBooleanValue('shorter-checkout', false"], ['curl', `curl -s '${desk.shop.origin}/v1/evaluate?flag=shorter-checkout`]]) {
    await page.locator('#code').getByRole('button', { name: language, exact: true }).click();
    assert.ok((await page.locator('#snippet').textContent()).includes(part), language);
  }
  await desk.looksRight('flag-code');
  await page.clock.setFixedTime(Date.now() + 45 * 24 * 3600 * 1000);
  await page.reload();
  await desk.visible(/Everybody has got false for 4[45] days/);
  await desk.goto('/console/flags');
  await desk.visible(/Everybody has got false for 4[45] days/, page.locator('a[href="/console/flags/shorter-checkout"]'));
  assert.equal(await page.locator('a[href="/console/flags/recommender"] .stale').count(), 0, 'it still decides');
  await page.clock.setFixedTime(Date.now());
});

test('a hostile name is text here too, and a flag that is not there says so', async () => {
  await desk.goto('/console/flags/hostile');
  await page.locator('h1').getByText(hostile).waitFor();
  assert.equal(await page.locator('main img').count(), 0);
  await desk.goto('/console/flags/nothing');
  await desk.visible('No such flag');
  desk.keptToItsPolicy();
});

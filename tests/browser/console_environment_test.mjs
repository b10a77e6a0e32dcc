// Time zone, currency and people a month, as they are set and as a report tells them; and the scales of its changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';
import { axeFinds, doesNotScrollSideways, inEveryForm, loadAxe, shotOf } from './forms.mjs';

let desk;
let page;
let report;

const set = () => desk.admin('GET', '/v1/environment').then(({ content }) => content);
const keep = () => page.getByRole('button', { name: 'Keep them' }).click();
const seen = (scale) => page.locator(`#changes .as-${scale} strong`).first().isVisible();

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  await desk.goto('/');
  for (const target of await page.locator('ul.list a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
    await desk.goto(target);
    if (await page.locator('#scale-month').count()) report = target;
  }
  assert.ok(report, 'a report tells changes a month');
});

after(() => desk?.close());

test('the settings are shown, changed and kept', async () => {
  await desk.goto('/console/environment');
  assert.equal(await page.getByLabel('Time zone').inputValue(), 'UTC');
  await page.getByLabel('Time zone').fill('Asia/Kolkata');
  await page.getByLabel('Currency').fill('eur');
  await page.getByLabel('People a month').fill('41,000');
  await keep();
  await desk.visible('Kept.');
  const { time_zone, currency, population } = await set();
  assert.deepEqual({ time_zone, currency, population }, { time_zone: 'Asia/Kolkata', currency: 'EUR', population: 41_000 });
  await desk.looksRight('environment');
  await desk.hasTabOrder();
});

test('what is wrong is said where it stands', async () => {
  await page.getByLabel('Time zone').fill('Mars/Phobos');
  await keep();
  await desk.visible('there is no time zone "Mars/Phobos"');
  await desk.visible('write an IANA name');
  await page.getByLabel('Time zone').fill('Asia/Kolkata');
  await page.getByLabel('People a month').fill('many');
  await keep();
  await page.locator('.trouble a[href="#population"]').waitFor();
  const { time_zone, population } = await set();
  assert.deepEqual({ time_zone, population }, { time_zone: 'Asia/Kolkata', population: 41_000 });
});

test('how long events are kept is set, and what that will do is told', async () => {
  const button = page.getByRole('button', { name: 'Keep so long' });
  await page.getByLabel('Months').fill('few');
  await button.click();
  await page.locator('.trouble a[href="#months"]').waitFor();
  await page.getByLabel('Months').fill('600');
  await button.click();
  await desk.visible('Kept. Nothing goes before');
  await desk.visible('Those of before');
  assert.equal((await desk.admin('GET', '/v1/retention')).content.months, 600);
  await desk.looksRight('retention');
  await page.getByLabel('Months').fill('');
  await button.click();
  await desk.visible('events stay for ever');
  assert.equal((await desk.admin('GET', '/v1/retention')).content.months, null);
});

test('the console tells times by its clock', async () => {
  await desk.goto('/console/changes?entity=environment');
  await desk.visible('UTC+5:30');
});

test('a report tells its dates, and a month for those people', async () => {
  await desk.goto(report);
  assert.match(await page.locator('ul.facts').innerText(), /Started \d{4}-\d\d-\d\d \d\d:\d\d UTC\+5:30/);
  await page.waitForFunction(() => /data up to .* UTC\+5:30,/.test(document.querySelector('.fresh .age')?.textContent ?? ''));
  assert.deepEqual([await seen('relative'), await seen('absolute'), await seen('month')], [true, false, false]);
  await page.getByLabel('Per month').check();
  assert.deepEqual([await seen('relative'), await seen('absolute'), await seen('month')], [false, false, true]);
  await desk.visible('41,000 people a month, as set for this environment');
  await loadAxe(page);
  await inEveryForm(page, async (form, scheme, width) => {
    assert.deepEqual(await axeFinds(page, scheme), [], form);
    await doesNotScrollSideways(page, form);
    await page.screenshot({ path: shotOf(`report-per-month-${width}-${scheme}`), fullPage: true });
  });
  await page.getByLabel('Absolute').check();
  assert.deepEqual([await seen('relative'), await seen('absolute'), await seen('month')], [false, true, false]);
  await inEveryForm(page, (form) => doesNotScrollSideways(page, form), [320, 768]);
});

test('the choice needs no script', async () => {
  const context = await desk.browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(await desk.context.cookies());
  const plain = await context.newPage();
  await plain.goto(desk.shop.origin + report);
  await plain.getByLabel('Per month').check();
  assert.ok(await plain.locator('#changes .as-month strong').first().isVisible());
  await context.close();
});

test('the pages keep to their policy', () => desk.keptToItsPolicy());

// The palette: whatever has a name is a few letters away, without a mouse.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

const hostile = '<img src=x onerror=alert(1)>';
const options = (where) => where.locator('#palette-list [role=option]');
const open = async () => {
  await page.locator('h1').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.locator('dialog input:focus').waitFor();
};

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  await desk.make('/v1/flags', { key: 'zebra', name: hostile, type: 'bool', default: false, off_value: false });
});

after(() => desk?.close());

test('a few letters and Enter lead anywhere', async () => {
  for (const [letters, wanted] of [['keys', '/console/keys'], ['refund', '/console/metrics/refund'], ['coupon-popup flag', '/console/flags/coupon-popup'],
    ['hero image', '/console/experiments/hero-image'], ['hero image report', '/experiments/hero-image'], ['zebra', '/console/flags/zebra']]) {
    await desk.goto('/console');
    await open();
    await page.keyboard.type(letters);
    await page.locator('#palette-list [aria-selected=true]').waitFor(); // it comes once the names are there
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${wanted}`);
  }
});

test('arrows choose, Escape goes back to where one was', async () => {
  await desk.goto('/console/flags');
  await page.getByLabel('Search').focus();
  await open();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const input = page.getByRole('combobox');
  assert.equal(await input.getAttribute('aria-activedescendant'), 'palette-1');
  assert.equal(await page.locator('#palette-1').getAttribute('aria-selected'), 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal(await input.getAttribute('aria-activedescendant'), `palette-${(await options(page).count()) - 1}`, 'round and round');
  await page.keyboard.type('no such thing at all');
  await desk.visible('Nothing has this name');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
});

test('it looks right, with names as text, and a finger may use it', async () => {
  await page.getByRole('button', { name: /^Jump to/ }).click();
  await page.locator('dialog input:focus').waitFor();
  await page.keyboard.type('zebra');
  await options(page).getByText(hostile).first().waitFor();
  assert.equal(await page.locator('dialog img').count(), 0);
  await desk.looksRight('palette');
  await options(page).first().click();
  await page.waitForURL('**/console/flags/zebra');
});

test('a phone opens the menu to the same pages', async () => {
  await page.setViewportSize({ width: 375, height: 800 });
  const link = page.getByRole('navigation').getByRole('link', { name: 'Segments' });
  assert.equal(await link.isVisible(), false);
  await page.getByRole('button', { name: 'Menu' }).click();
  await link.click();
  await page.waitForURL('**/console/segments');
  desk.keptToItsPolicy();
});

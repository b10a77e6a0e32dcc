// Keys are made, shown once, and revoked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;
let secret;

const hostile = '<img src=x onerror=alert(1)>';
const asks = (key) => fetch(`${desk.shop.origin}/v1/snapshot`, { headers: { Authorization: `Bearer ${key}` } }).then(({ status }) => status);

before(async () => {
  desk = await Desk.open();
  page = desk.page;
});

after(() => desk?.close());

test('a key is made and shown, once', async () => {
  await desk.goto('/console/keys');
  await page.getByLabel('What it may do').selectOption('sdk');
  await page.getByLabel('What it is for').fill(hostile);
  await page.getByRole('button', { name: 'Make the key' }).click();
  secret = await page.locator('#secret').textContent();
  assert.match(secret, /^ts_sdk_/);
  assert.equal(await asks(secret), 200);
  await page.getByRole('button', { name: 'Copy' }).click();
  await desk.visible('Copied.');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
  await desk.looksRight('keys');
  await desk.hasTabOrder();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  assert.ok(!(await page.content()).includes(secret));
  await page.reload();
  await page.locator('.keys li').filter({ hasText: hostile }).waitFor();
  assert.ok(!(await page.content()).includes(secret));
  assert.equal(await page.locator('main img').count(), 0);
});

test('it is revoked when that is said twice, and at once', async () => {
  const line = page.locator('.keys li').filter({ hasText: hostile });
  await line.getByRole('button', { name: /^Revoke/ }).click();
  await line.getByText('at once, and for good').waitFor();
  assert.equal(await asks(secret), 200, 'nothing happens before');
  await line.getByRole('button', { name: 'Revoke it now' }).click();
  await line.getByText('revoked').waitFor();
  assert.equal(await asks(secret), 401);
  assert.equal(await line.getByRole('button').count(), 0);
  desk.keptToItsPolicy();
});

// What holds for every page, in every form that it takes.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = path.join(path.dirname(process.env.TOUCHSTONE_PROGRAM), 'console-shots');

/** Where a picture of a page is kept, to be looked at. */
export function shotOf(name) {
  mkdirSync(shots, { recursive: true });
  return path.join(shots, `${name}.png`);
}

const zoomed = 640; // a window of 1280 px at 200 %

/** All forms of a page, in one visit; a phone of 320 px is the narrowest that counts. */
export async function inEveryForm(page, check, widths = [320, 1280]) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await check(`${page.url()} at ${width} px, ${colorScheme}`, colorScheme, width);
    }
  }
}

/** Colours are all that a scheme changes. */
const rulesFor = { light: undefined, dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** Before `axeFinds`, once in each document. */
export const loadAxe = (page) => page.evaluate(axe);

export const axeFinds = (page, scheme) => page.evaluate(async (runOnly) => {
  const { violations } = await globalThis.axe.run({ runOnly, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(' ')}`);
}, rulesFor[scheme]);

export async function doesNotScrollSideways(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name}: ${wide} px too wide`);
}

/** In every form: no fault of axe's, nothing beside the window, nothing too small for a finger or an eye. */
export async function looksRight(page, name) {
  await loadAxe(page);
  await inEveryForm(page, async (form, scheme, width) => {
    assert.deepEqual(await axeFinds(page, scheme), [], form);
    await doesNotScrollSideways(page, form);
    if (width <= 375) assert.deepEqual(await tooSmall(page), [], form);
    assert.deepEqual(await smallPrint(page), [], form);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.screenshot({ path: shotOf(`${name}-${width}-${scheme}`), fullPage: true });
  }, [320, 375, 768, 1280]);
  await page.setViewportSize({ width: zoomed, height: 450 });
  await doesNotScrollSideways(page, `${name} at 200 %`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

/** How many sheets a page is printed on. */
export async function sheetsOf(page, format) {
  const pdf = (await page.pdf({ format })).toString('latin1');
  return pdf.match(/\/MediaBox \[/g).length;
}

/** Tab goes through all that can be used, in the order in which it is read. */
export async function hasTabOrder(page) {
  await page.evaluate(() => {
    document.body.tabIndex = -1; // from the top, wherever the cursor was
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const order = [];
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => [...document.querySelectorAll('*')].indexOf(document.activeElement));
    if (place === order.at(-1)) continue; // a date has several places in one field
    if (order.includes(place) || (await page.evaluate(() => document.activeElement === document.body))) break;
    order.push(place);
  }
  assert.ok(order.length > 3, 'something can be reached');
  assert.deepEqual(order, [...order].sort((a, b) => a - b), 'in reading order');
  const missed = await page.evaluate((reached) => {
    const all = [...document.querySelectorAll('*')];
    const ofAnother = 'input[type=radio]:not(:checked)'; // Tab stops at the chosen one, arrows go to the rest
    return all.filter((one, place) => one.matches('a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary') && !one.matches(ofAnother) && one.checkVisibility() && !reached.includes(place))
      .map((one) => one.outerHTML.slice(0, 80));
  }, order);
  assert.deepEqual(missed, [], 'all that can be used is reached');
}

/** Controls that are smaller than a finger; links within sentences are lines of text. */
const tooSmall = (page) => page.evaluate(() =>
  [...document.querySelectorAll('button, select, textarea, summary, label.tick, nav a, .toggle a, .signs a, ul.tabs a, ul.items a, ul.chips a, ul.reasons a, ul.onward a, a.deed, input:not([type=checkbox])')]
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
    .map(({ one, box }) => `${one.outerHTML.slice(0, 80)} is ${box.width} x ${box.height}`));

/** Text below 12 px, in drawings as they are scaled. */
const smallPrint = (page) => page.evaluate(() =>
  [...document.querySelectorAll('main *')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()) && one.checkVisibility())
    .map((one) => ({ one, size: parseFloat(getComputedStyle(one).fontSize) * (one.getScreenCTM?.().d ?? 1) }))
    .filter(({ size }) => size < 11.99).map(({ one, size }) => `${one.outerHTML.slice(0, 80)} has ${size} px`));

// What holds for every page, in every form that it takes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

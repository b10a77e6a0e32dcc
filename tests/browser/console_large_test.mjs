// Fifty metrics and fourteen variants: nothing is cut off, nothing waits.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';
import { doesNotScrollSideways } from './forms.mjs';

let desk;
let page;

const metrics = Array.from({ length: 50 }, (_, i) => ({ key: `m${i}`, name: `${i} ${'long name '.repeat(i % 7)}مقياس 🛒 <b>${i}</b>`, kind: 'proportion', event: `did-${i % 5}` }));
const variants = Array.from({ length: 14 }, (_, i) => ({ key: `v${i}`, name: `Variant ${i} ${'wide'.repeat(i)}`, control: i === 0 }));

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  for (const each of metrics) await desk.make('/v1/metrics', each);
  const role = (i) => (i === 0 ? { role: 'goal' } : i < 25 ? { role: 'secondary' } : { role: 'guardrail', margin: 0.1 });
  await desk.make('/v1/experiments', { key: 'large', name: 'Large', scheme: 'external', exposure: 'client', variants, plan: { metrics: metrics.map(({ key }, i) => ({ metric: key, ...role(i) })), horizon: { units: 5000 } } });
  await desk.make('/v1/experiments/large:start', { at: '2026-01-01T00:00:00Z' }, 200);
  const events = [];
  for (let i = 0; i < 1400; i++) {
    const of = { unit: `unit-${i}`, ts: '2026-01-02T00:00:00Z' };
    events.push({ id: `x${i}`, type: 'exposure', experiment: 'large', variant: `v${i % 14}`, ...of });
    for (let e = 0; e < 5; e++) if ((i * 7 + e * 3) % 11 < 4) events.push({ id: `d${i}-${e}`, type: 'event', name: `did-${e}`, ...of });
  }
  while (events.length > 0) await desk.make('/v1/events', events.splice(0, 900), 200);
});

after(() => desk?.close());

test('its report shows every row', async () => {
  const { content: report } = await desk.admin('GET', '/v1/experiments/large/report');
  assert.equal(report.results.length, 50 * 13);
  await desk.goto('/experiments/large');
  await desk.visible('13 ');
  assert.equal(await page.locator('main b, main img').count(), 0);
  for (const width of [320, 1280]) { // what axe says of 650 rows takes minutes; it looks at shorter reports
    await page.setViewportSize({ width, height: 900 });
    await doesNotScrollSideways(page, `large report at ${width}`);
  }
});

test('the catalogue holds fifty metrics', async () => {
  await desk.goto('/console/metrics?q=m');
  await page.waitForFunction(() => document.querySelectorAll('ul.items > li').length >= 50);
  assert.equal(await page.locator('ul.items b').count(), 0);
  await desk.goto('/console/metrics/m48');
  await page.locator('#sensitivity').waitFor();
  await desk.looksRight('large-metric');
});

test('it keeps to its origin and its policy', () => desk.keptToItsPolicy());

// Experiments that start and stop by themselves, as a team says it and sees it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';

let desk;
let page;

const shown = async (key) => (await desk.admin('GET', `/v1/experiments/${key}`)).content;
const section = () => page.locator('#schedule');
const press = (name) => section().getByRole('button', { name }).click();
const soon = (ms) => new Date(Date.now() + ms).toISOString();
const draft = (key, further) => desk.make('/v1/experiments', { key, exposure: 'client', hypothesis: 'It helps',
  variants: [{ key: 'control' }, { key: 'new' }], plan: { metrics: [{ metric: 'scheduled' }] }, ...further });

before(async () => {
  desk = await Desk.open();
  page = desk.page;
  await desk.make('/v1/metrics', { key: 'scheduled', kind: 'proportion', event: 'scheduled' });
});

after(() => desk?.close());

test('a start and an end are said, changed and taken back', async () => {
  await draft('later');
  await desk.goto('/console/experiments/later');
  await section().getByText('It starts when somebody starts it.').waitFor();
  await page.getByLabel('Start at').fill('2099-03-01T08:00');
  await page.getByLabel('Stop at').fill('2099-03-15T08:00');
  await press('Schedule it');
  await section().getByText('Starts by itself at 2099-03-01 08:00 UTC, stops at 2099-03-15 08:00 UTC.').waitFor();
  assert.deepEqual((await shown('later')).schedule, { start: '2099-03-01T08:00:00Z', stop: '2099-03-15T08:00:00Z' });
  await page.getByLabel('Stop at').fill('2099-02-01T08:00');
  await press('Change it');
  await section().getByText('the end is not after the start').waitFor();
  await desk.looksRight('schedule');
  await press('Take it back');
  await section().getByText('It starts when somebody starts it.').waitFor();
  assert.equal((await shown('later')).schedule, undefined);
});

test('a start that is due changes the page by itself, and the run may be given an end', async () => {
  await draft('at-once');
  await desk.goto('/console/experiments/at-once');
  const { version } = await shown('at-once');
  await desk.admin('PATCH', '/v1/experiments/at-once', { schedule: { start: soon(1_500) } });
  assert.equal((await shown('at-once')).version, version + 1);
  await desk.goto('/console/experiments/at-once');
  await page.getByRole('heading', { name: 'Who is in' }).waitFor();
  await page.getByLabel('Stop at').fill('2099-03-15T08:00');
  await press('Schedule it');
  await section().getByText('Stops by itself at 2099-03-15 08:00 UTC.').waitFor();
  await desk.admin('PATCH', '/v1/experiments/at-once', { schedule: { stop: soon(1_000) } });
  await desk.visible('It has ended: these figures stay.');
  await desk.visible('It is over');
});

test('a start that a check blocks says so', async () => {
  await draft('blocked', { exposure: 'evaluate' });
  const asked = await desk.admin('POST', '/ofrep/v1/evaluate/flags', { context: {} });
  assert.equal(asked.status, 200);
  await desk.admin('PATCH', '/v1/experiments/blocked', { schedule: { start: soon(1_500) } });
  await desk.goto('/console/experiments/blocked');
  await section().getByText('and did not: Its flag is only ever asked for in bulk').waitFor();
  assert.equal((await shown('blocked')).state, 'draft');
  await desk.goto('/console/changes?entity=experiment&key=blocked');
  await desk.visible('scheduled for');
  desk.keptToItsPolicy();
});

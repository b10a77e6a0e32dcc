// Every verdict, from what customers do to what people read: the document, the page, the file, the console, the
// terminal and the chat say the same, with the same numbers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Served } from '../sdk/served.mjs';
import { hasTabOrder, looksRight, sheetsOf } from './forms.mjs';
import { launch, linkTo, needsChromium, setUp } from './shop.mjs';
import { plant, verdicts } from './verdicts.mjs';

needsChromium();

const program = process.env.TOUCHSTONE_PROGRAM;
const golden = fileURLToPath(new URL('./golden/', import.meta.url));
const keys = verdicts.map(({ key }) => key);

let service;
let browser;
let context;
let unscripted;

before(async () => {
  service = await Served.open();
  await plant(service);
  browser = await launch();
  context = await browser.newContext();
  unscripted = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(await setUp(browser, await linkTo(service)));
});

after(async () => {
  await browser?.close();
  await service?.close();
});

const reportOn = (key) => service.call('GET', `/v1/experiments/${key}/report`);
const fileOf = (key, ending) => service.call('GET', `/experiments/${key}/report.${ending}`);
const linesOf = async (key) => {
  const answer = await fetch(`${service.origin}/experiments/${key}/series.ndjson`, { headers: { authorization: `Bearer ${service.admin}` } });
  return (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
};
const printedBy = (...options) => execFileSync(program, ['report', ...options, '--data', service.data], { encoding: 'utf8' });

/** Runs of space, and those that do not break, are one space. */
const flat = (text) => text.replaceAll(/[\s\u00a0\u202f]+/g, ' ').trim();

/** What a page says: its verdict, and a line for each row of results. */
const readPage = async (page, within = 'body') => {
  const headline = flat(await page.locator(`${within} #verdict h2`).textContent());
  const sentence = flat(await page.locator(`${within} #verdict .sentence`).textContent());
  const rows = await page.locator(`${within} #changes tr[id]`).evaluateAll((all) => all.map((row) => ({
    metric: row.querySelector('.name').textContent,
    word: row.querySelector('.word').textContent,
    change: row.querySelector('.change strong')?.textContent,
    range: row.querySelector('.change .soft')?.textContent,
  })));
  return { headline, sentence, rows: rows.map(({ metric, word, change, range }) => change ? { metric, word, change: flat(change), range: flat(range) } : { metric, word }) };
};

/** The same of the text for chat, whose escapes are taken back. */
function readChat(text) {
  const lines = text.replaceAll(/\\([\\`*_[\]<>#|~])/g, '$1').split('\n');
  const [, headline] = /^\*\*\S+ (.*)\*\* — /.exec(lines[0]);
  const rows = lines.map((line) => /^- (\S+), \S+: (.+?), (\S+ %(?: relative)?|\?) \(95 % \S+ interval (.*)\)$/.exec(flat(line))).filter(Boolean);
  return { headline, sentence: flat(lines[1]), rows: rows.map(([, metric, word, change, range]) => (change === '?' ? { metric, word } : { metric, word, change, range })) };
}

/** A number of a text lies within half a unit of its last digit. */
function saysNumber(text, value, about) {
  const said = /^([+−]?)([\d,]+(?:\.(\d+))?) %/.exec(text);
  assert.ok(said, `${about}: ${text}`);
  const number = Number(said[2].replaceAll(',', '')) * (said[1] === '−' ? -1 : 1);
  assert.ok(Math.abs(number - 100 * value) <= 0.5000001 * 10 ** -(said[3]?.length ?? 0), `${about}: ${text} for ${value}`);
}

/** TOUCHSTONE_GOLDEN=write makes the file anew, for a person to read the difference. */
function isGolden(name, text) {
  const file = path.join(golden, name);
  if (process.env.TOUCHSTONE_GOLDEN === 'write') writeFileSync(file, text);
  assert.equal(text, readFileSync(file, 'utf8'), `${name}; TOUCHSTONE_GOLDEN=write writes it anew`);
}

for (const { verdict, key } of verdicts)
  test(`${verdict}: the document is the planted one, to the last digit`, async () => {
    const report = await reportOn(key);
    assert.equal(report.verdict.code, verdict);
    const told = ({ metric, variant, conclusion, always_valid: { relative, p } }) => ({ metric, variant, conclusion, relative, p });
    const segments = report.segments.map(({ name, results }) => ({ name, results: results.map((row) => ({ ...told(row), shrunk: row.shrunk })) }));
    const decision = { verdict: report.verdict, results: report.results.map(told), ...(segments.length > 0 && { segments }), counts: report.counts.variants, digest: report.digest.results };
    isGolden(`${key}.json`, `${JSON.stringify(decision, undefined, 2)}\n`);
    isGolden(`${key}.md`, await fileOf(key, 'md'));
  });

test('the text for chat says the numbers of the document', async () => {
  for (const key of keys) {
    const report = await reportOn(key);
    const told = readChat(await fileOf(key, 'md'));
    const computed = report.results.filter(({ status }) => status === 'ok');
    assert.equal(told.rows.filter(({ change }) => change).length, computed.length, key);
    for (const [i, row] of told.rows.filter(({ change }) => change).entries()) {
      const { estimate, low, high } = computed[i].always_valid.relative;
      assert.equal(row.metric, computed[i].metric);
      saysNumber(row.change, estimate, key);
      const [from, to] = row.range.split(' to ');
      if (low !== null) saysNumber(from, low, key);
      if (high !== null) saysNumber(to, high, key);
    }
  }
});

test('the daily series ends where the document stands', async () => {
  for (const key of keys) {
    const { results } = await reportOn(key);
    const lines = await linesOf(key);
    for (const { metric, variant, always_valid } of results.filter(({ status }) => status === 'ok')) {
      const course = lines.filter((line) => line.type === 'course' && line.metric === metric && line.variant === variant);
      assert.ok(course.length >= 13, `${key}: ${course.length} days of ${metric}`);
      const { absolute, relative, until } = course.at(-1);
      assert.deepEqual({ absolute, relative, until }, { absolute: always_valid.absolute, relative: always_valid.relative, until: always_valid.until }, key);
    }
  }
});

test('page, file and console say what the chat says', async () => {
  for (const key of keys) {
    const said = readChat(await fileOf(key, 'md'));
    const changed = said.rows.filter(({ change }) => change);
    const page = await context.newPage();
    await page.goto(`${service.origin}/experiments/${key}`);
    const seen = await readPage(page);
    assert.deepEqual({ ...seen, rows: seen.rows.filter(({ change }) => change) }, { ...said, rows: changed }, `the page of ${key}`);
    const file = path.join(service.data, `${key}.html`);
    printedBy(key, '--html', file);
    const opened = await unscripted.newPage();
    await opened.goto(pathToFileURL(file).href);
    assert.deepEqual(await readPage(opened), seen, `the file of ${key}`);
    await page.goto(`${service.origin}/console/experiments/${key}`);
    await page.locator('.report #verdict h2').waitFor();
    const { headline, sentence } = said;
    assert.deepEqual({ headline: flat(await page.locator('.report #verdict h2').textContent()), sentence: flat(await page.locator('.report .sentence').textContent()) }, { headline, sentence }, `the console on ${key}`);
    await Promise.all([page.close(), opened.close()]);
  }
});

test('the terminal says what the chat says', async () => {
  for (const key of keys) {
    const text = await fileOf(key, 'md');
    assert.equal(printedBy(key, '--md'), text);
    const said = readChat(text);
    const screen = flat(printedBy(key));
    assert.ok(screen.includes(said.headline), `${key}: ${screen}`);
    assert.ok(screen.includes(said.sentence), `${key}: ${screen}`);
    for (const { change, range } of said.rows) if (change) assert.ok(screen.includes(change.replace(' relative', '')) && screen.includes(range), `${key}: ${change}, ${range} in ${screen}`);
  }
});

test('no word that misleads is on any of them', async () => {
  const forbidden = /p-value|p value|significan|confiden|\bwinner\b/i;
  const page = await context.newPage();
  for (const key of keys) {
    for (const target of [`/experiments/${key}`, `/console/experiments/${key}`]) {
      await page.goto(service.origin + target);
      await page.locator('#verdict h2').waitFor();
      await page.locator('details').evaluateAll((all) => all.forEach((one) => one.querySelector('summary')?.textContent.includes('analysts') && one.remove()));
      assert.doesNotMatch(await page.locator('body').innerText(), forbidden, target);
    }
    assert.doesNotMatch(await fileOf(key, 'md'), forbidden, key);
    assert.doesNotMatch(printedBy(key).split('Details')[0], forbidden, key);
  }
  await page.close();
});

test('the file is small, and loads nothing', async () => {
  for (const key of keys) {
    const text = await fileOf(key, 'html');
    assert.ok(Buffer.byteLength(text) <= 100_000, `${key} has ${Buffer.byteLength(text)} bytes`);
    assert.doesNotMatch(text, /<script|\ssrc=|href="[^#]/);
  }
});

/** What fits on a sheet within its margins of 12 mm, in CSS pixels. */
const sheets = { A4: { width: 703, height: 1031 }, Letter: { width: 725, height: 965 } };

test('a printed report takes two sheets at most, with verdict and table on the first', async () => {
  const page = await context.newPage();
  for (const key of keys)
    for (const [format, viewport] of Object.entries(sheets)) {
      await page.setViewportSize(viewport);
      await page.goto(`${service.origin}/experiments/${key}`);
      const count = await sheetsOf(page, format);
      assert.ok(count <= 2, `${key} prints on ${count} sheets of ${format}`);
      await page.emulateMedia({ media: 'print' });
      const end = await page.locator('#changes table, #verdict').evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().bottom)));
      assert.ok(end <= viewport.height, `${key}: the table ends ${end} px down a sheet of ${format}`);
      await page.emulateMedia({ media: null });
    }
  await page.close();
});

test('every report is right in every form', async () => {
  const page = await context.newPage();
  for (const key of keys) {
    await page.goto(`${service.origin}/experiments/${key}`);
    await page.locator('details').evaluateAll((all) => all.forEach((one) => (one.open = true)));
    await looksRight(page, `report-${key}`);
    await hasTabOrder(page);
  }
  await page.close();
});

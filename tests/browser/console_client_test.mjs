// The console against the service's own OpenAPI document, and its pure parts against what they promise.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Shop } from './shop.mjs';

const console_ = fileURLToPath(new URL('../../service/console/', import.meta.url));
const { typesOf } = await import(pathToFileURL(path.join(console_, 'client.mjs')).href);
const ofConsole = createRequire(path.join(console_, 'package.json'));
const { build } = ofConsole('esbuild');
const { load: parse } = ofConsole('js-yaml');

let folder;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'touchstone-console-'));
  for (const each of ['src', 'tsconfig.json', 'package.json']) cpSync(path.join(console_, each), path.join(folder, each), { recursive: true });
  symlinkSync(path.join(console_, 'node_modules'), path.join(folder, 'node_modules'));
});

after(() => rmSync(folder, { recursive: true, force: true }));

const compile = () => spawnSync('node', ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: folder, encoding: 'utf8' });

async function load(name) {
  const outfile = path.join(folder, `${name}.mjs`);
  await build({ entryPoints: [path.join(folder, `src/${name}.ts`)], bundle: true, format: 'esm', outfile, logLevel: 'error' });
  return import(pathToFileURL(outfile).href);
}

// As `TZ=ZONE date -d TIME` tells it.
test('times are told by the clock of the environment', async () => {
  const { day, minute, second, tellTimesIn } = await load('words');
  assert.equal(minute('2026-11-21T14:05:10Z'), '2026-11-21 14:05 UTC');
  tellTimesIn('Europe/Berlin');
  assert.equal(second('2026-11-21T14:05:10.5Z'), '2026-11-21 15:05:10 UTC+1');
  assert.equal(minute('2026-07-21T22:05:10Z'), '2026-07-22 00:05 UTC+2');
  assert.equal(day('2026-07-21T22:05:10Z'), '2026-07-22');
  tellTimesIn('America/St_Johns');
  assert.equal(minute('2026-11-21T03:00:00Z'), '2026-11-20 23:30 UTC\u22123:30');
  tellTimesIn('Nowhere/AtAll');
  assert.equal(minute('2026-11-21T14:05:10Z'), '2026-11-21 14:05 UTC');
});

test('the console asks and reads what the service\'s document says today', async () => {
  const shop = await Shop.open(100);
  try {
    const document = await (await fetch(`${shop.origin}/openapi.json`)).json();
    writeFileSync(path.join(folder, 'src/api/schema.ts'), await typesOf(document));
    const { status, stdout } = compile();
    assert.equal(status, 0, `npm run client in service/console, then mend:\n${stdout}`);
    document.components.schemas.Experiment.properties.coverage = { type: 'string' };
    writeFileSync(path.join(folder, 'src/api/schema.ts'), await typesOf(document));
    assert.notEqual(compile().status, 0, 'another type of a member that is read is noticed');
  } finally {
    await shop.close();
  }
});

test('a draft that is read and written again is what it was', async () => {
  const { draftOf, experimentOf } = await load('draft');
  const experiment = {
    key: 'k', version: 3, name: 'N', hypothesis: 'H', owner: '', state: 'draft', tags: ['a'], unit_type: 'user', scheme: 'touchstone-1',
    salt: 's', layer: 'checkout', coverage: 333_300, when: { all: [{ segment: 'new' }, ['age', 'ge', 18]] }, phases: [], expects: {},
    exposure: { event: 'page_view', filter: ['page', 'is', 'checkout'] },
    variants: [
      { key: 'b', name: 'B', control: false, weight: 666_600, values: { colour: 'red', size: 3 } },
      { key: 'a', name: '', control: true, weight: 333_400, values: { colour: '3', size: { w: 1 } } }],
    plan: { alpha: 0.01, method: { id: 'strict', version: 1, parameters: { deviations: { m: 2 } } }, smallest_effect: 0.035, tick: '1d', crossover: 'first',
      horizon: { units: 500, ends_at: '2026-12-01T00:00:00Z' },
      metrics: [{ metric: 'm', role: 'goal' }, { metric: 'nps', role: 'guardrail', margin: 3 }, { metric: 'r', role: 'guardrail', margin: 0.07 }] },
  };
  const catalogue = [{ key: 'nps', kind: 'score' }];
  const written = experimentOf(draftOf(experiment, catalogue), catalogue);
  assert.deepEqual(written, {
    key: 'k', name: 'N', hypothesis: 'H', owner: '', unit_type: 'user', layer: 'checkout', coverage: '33.33%', when: experiment.when, sticky: false,
    exposure: experiment.exposure,
    variants: [
      { key: 'a', control: true, weight: 33.34, values: { colour: '3', size: { w: 1 } } },
      { key: 'b', name: 'B', control: false, weight: 66.66, values: { colour: 'red', size: 3 } }],
    plan: { ...experiment.plan, metrics: experiment.plan.metrics },
  });
});

test('conditions are rows where rows can say them, and JSON where not', async () => {
  const { readWho, writeWho } = await load('who');
  const rows = [null, ['country', 'in', ['DE', 'AT']], ['age', 'ge', 18], ['beta', 'is', true], ['plan', 'exists', false],
    { segment: 'new' }, { all: [{ segment: 'new' }, ['country', 'is', 'DE']] }];
  for (const condition of rows) {
    assert.equal(readWho(condition).kind, 'rows', JSON.stringify(condition));
    assert.deepEqual(writeWho(readWho(condition)), condition);
  }
  const others = [{ any: [['a', 'is', 'b'], ['c', 'is', 'd']] }, { not: ['a', 'is', 'b'] }, ['code', 'is', '7'], { all: [{ segment: 'a' }, { segment: 'b' }] }];
  for (const condition of others) {
    assert.equal(readWho(condition).kind, 'json', JSON.stringify(condition));
    assert.deepEqual(writeWho(readWho(condition)), condition);
  }
});

test('conditions and explanations have words', async () => {
  const { attributesOf, conditionWords, sliceOf } = await load('condition_words');
  const condition = { all: [['country', 'in', ['DE', 'AT']], { any: [['age', 'ge', 18], { not: { segment: 'new' } }] }, ['plan', 'exists', false]] };
  assert.equal(conditionWords(condition), 'country is one of DE, AT and (age ≥ 18 or not (in segment new)) and plan is not known');
  assert.deepEqual(attributesOf(condition), ['country', 'age', 'plan']);
  assert.equal(conditionWords(['name', 'is', ' ']), 'name is " "', 'what could be misread is quoted');
  assert.equal(conditionWords({ variant: ['checkout', 'is', 'one-page'] }), 'variant of checkout is one-page');
  assert.deepEqual([undefined, { share: '20%' }, { share: 5 }, { slots: [[0, 10], [20, 25]] }].map(sliceOf), [null, 200_000, 5, 15]);
  const { causeWords, stepsOf } = await load('explanation_words');
  const rule = {
    rule: 0, cause: 'held_out', conditions: [{ attribute: 'country', operator: 'in', value: null, held: false, inside: 'new' }],
    draws: [{ for: 'holdout', under: 'h', slot: 5, range: [0, 10] }, { for: 'variant', under: 'e', slot: 7, range: null }],
  };
  assert.deepEqual(stepsOf(rule), [
    { ok: false, words: 'country is not given: “is one of” does not hold (asked by segment new)' },
    { ok: false, words: 'Holdout h: slot 5 of 1,000,000, which lies in 0 to 9' },
    { ok: false, words: 'Variant of e: slot 7 of 1,000,000, which lies in no range' }]);
  // The names of all causes, from assign/decision.cpp.
  const source = readFileSync(fileURLToPath(new URL('../../assign/decision.cpp', import.meta.url)), 'utf8');
  const [names] = source.match(/causes = \{[^}]*\}/);
  const all = [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  assert.equal(all.length, 16);
  for (const cause of all) assert.notEqual(causeWords(cause), cause);
});

test('a question about somebody is the query that the API takes', async () => {
  const { readSubject, writeSubject } = await load('subject');
  const query = { unit: 'a b', unit_type: 'device', 'attr.country': 'DE', 'num.age': '7', 'bool.beta': 'true' };
  const subject = readSubject(new URLSearchParams(query), ['country', 'plan']);
  assert.deepEqual(subject.attributes.at(-1), { kind: 'attr', name: 'plan', value: '' }, 'what the rules ask for waits for its value');
  assert.deepEqual(writeSubject(subject), query);
});

test('sums of the ledger and differences of documents', async () => {
  const { by, spans } = await load('ledger');
  const line = (hour, key, stored, refused) => ({ hour, key, experiment: null, sent: stored + refused, stored, duplicate: 0, conflict: 0, quarantined: 0, refused });
  const lines = [line('2026-11-21T12:00:00Z', 'a', 3, 0), line('2026-11-21T13:00:00Z', 'b', 5, 1), line('2026-11-21T13:00:00Z', 'a', 1, 0), line('2026-11-20T00:00:00Z', 'a', 9, 0)];
  assert.deepEqual(by(lines, 'key').map(([key, { stored }]) => [key, stored]), [['a', 13], ['b', 5]]);
  const hours = spans(lines, Date.parse('2026-11-21T13:30:00Z'), 4, 2);
  assert.deepEqual(hours.map(({ from, counts }) => [new Date(from).toISOString(), counts.stored, counts.refused]),
    [['2026-11-21T10:00:00.000Z', 0, 0], ['2026-11-21T12:00:00.000Z', 9, 1]], 'what is older than the first span is in none');
  const { changesOf } = await load('difference');
  assert.deepEqual(changesOf({ version: 1, a: { b: [1, 2] }, gone: null }, { version: 2, a: { b: [1, 3] }, list: [1] }), [
    { place: 'a › b › 2', before: 2, after: 3 }, { place: 'gone', before: null, after: undefined }, { place: 'list', before: undefined, after: [1] }]);
  assert.deepEqual(changesOf({ a: [1] }, { a: [1, 2] }), [{ place: 'a', before: [1], after: [1, 2] }]);
});

test('metrics of every kind have words and a formula', async () => {
  const { kindWords, metricWords, windowWords } = await load('metric_words');
  // The kinds, from the service's document as it stands in the sources.
  const document = JSON.parse(readFileSync(fileURLToPath(new URL('../../service/api/components.json', import.meta.url)), 'utf8'));
  const kinds = (document.schemas ?? document).MetricKind.enum;
  assert.equal(kinds.length, 14);
  const metric = { key: 'm', event: 'purchase', window: { delay: '0s', length: '7d' }, direction: 'increase', denominator: { event: 'visit' }, then: [{ event: 'paid' }], quantile: 0.9 };
  for (const kind of kinds) {
    const { says, formula } = metricWords({ ...metric, kind });
    assert.ok(says && formula && kindWords[kind], kind);
    assert.doesNotMatch(says + formula, /undefined|null|\[object/, kind);
  }
  assert.deepEqual(metricWords({ ...metric, kind: 'proportion', filter: [['category', 'is', 'books'], ['amount', 'ge', 10]] }),
    { says: 'Share of units with purchase (where category is books and amount ≥ 10)', formula: 'units with purchase (where category is books and amount ≥ 10) ÷ units' });
  assert.equal(metricWords({ ...metric, kind: 'funnel' }).says, 'Share of units that take all steps in order: purchase → paid');
  assert.equal(metricWords({ ...metric, kind: 'churn', lost_by: 'inactivity' }).formula, 'units without purchase in the window ÷ units whose window has closed');
  assert.equal(windowWords({ delay: '7d', length: '7d' }), 'from 7d after the first exposure on, for 7d');
});

test('how old figures are is said in words', async () => {
  const { ageWords, freshWords, stageWords } = await load('live_words');
  assert.deepEqual([0, 40.9, 89, 90, 5_399, 5_400, 172_799, 172_800].map(ageWords), ['0 s', '40 s', '89 s', '1 min', '89 min', '1 h', '47 h', '2 days']);
  const state = { data_until: '2026-11-21T14:05:10Z', at: '2026-11-21T14:05:40Z', lag_seconds: 30 };
  assert.equal(freshWords(state, 10.4), 'data up to 14:05:10 UTC, 40 s ago');
  assert.equal(freshWords({ ...state, at: '2026-11-22T14:05:10Z', lag_seconds: 86_400 }, 0), 'data up to 2026-11-21 14:05:10 UTC, 24 h ago');
  assert.equal(freshWords({ ...state, data_until: null, lag_seconds: null }, 5), 'no data yet');
  assert.equal(stageWords({ stage: 'estimate', done: 3, of: 50 }), 'Estimating: 3 of 50 metrics');
  assert.equal(stageWords({ stage: 'load', done: 999, of: 2_000 }), 'Reading events: 49 %');
  assert.equal(stageWords({ stage: 'decide', done: 0, of: 0 }), 'Deciding');
});

test('a split is drawn by its chance, from 1 at the top', async () => {
  const { depth, points } = await load('split_points');
  assert.deepEqual([1, 0.001, 0.000001, 0].map((p) => depth(p, 0.001, 60)), [0, 30, 60, 60], 'ln 10^-3 of ln 10^-6 is half of the way');
  const at = (second) => `2026-11-21T14:05:${second}Z`;
  const drawn = points([{ at: at(10), p: 1 }, { at: at(15), p: 0.001 }, { at: at(30), p: 0.5 }], 0.001, 300, 60);
  assert.deepEqual(drawn, { line: `0,0 75,30 300,${(60 * Math.log(0.5) / Math.log(1e-6)).toFixed(2)}`, limit: 30, words: '50 %' });
  assert.equal(points([{ at: at(10), p: 0.001 }], 0.001, 300, 60).line, '0,30 300,30', 'one look is a line across');
  assert.equal(points([{ at: at(10), p: 1e-9 }], 0.001, 300, 60).words, 'below 0.1 %');
});

test('a schedule is said, and taken back by nothing', async () => {
  const { scheduleOf, scheduleWords, typedInstant } = await load('schedule');
  assert.deepEqual(scheduleOf('2026-03-01T08:00', ''), { start: '2026-03-01T08:00:00Z', stop: null });
  assert.equal(scheduleOf('', ''), null);
  assert.equal(scheduleWords({ start: '2026-03-01T08:00:00Z', stop: '2026-03-15T08:00:00Z' }), 'Starts by itself at 2026-03-01 08:00 UTC, stops at 2026-03-15 08:00 UTC.');
  assert.equal(scheduleWords({ stop: '2026-03-15T08:00:00Z' }), 'Stops by itself at 2026-03-15 08:00 UTC.');
  assert.equal(scheduleWords(undefined), '');
  assert.equal(typedInstant('2026-03-01T08:00:00Z'), '2026-03-01T08:00');
});

test('the palette finds what is closest', async () => {
  const { closest } = await load('palette_list');
  const all = [['Old checkout', 'a'], ['Checkout', 'b'], ['precheck', 'c'], ['Größe', 'size'], ['other', 'check-x']].map(([words, key]) => ({ href: `/console/flags/${key}`, words, what: 'Flag' }));
  const words = (sought, most = 9) => closest(all, sought, most).map((each) => each.words);
  assert.deepEqual(words('check'), ['Checkout', 'other', 'Old checkout', 'precheck']);
  assert.deepEqual(words('GROSSE'), [], 'ß stays');
  assert.deepEqual(words('große'), ['Größe']);
  assert.deepEqual(words('checkout old'), ['Old checkout']);
  assert.equal(words('', 2).length, 2);
});

test('what uses a segment is found however deep', async () => {
  const { usersOfSegment } = await load('uses');
  const deep = { all: [['a', 'is', 1], { any: [{ not: { segment: 's' } }] }] };
  assert.deepEqual(usersOfSegment('s', [{ key: 'e', state: 'running', when: deep }, { key: 'old', state: 'archived', when: deep }],
    [{ key: 'f', rules: [{ when: null }, { when: { segment: 's' } }] }], [{ key: 't', when: { segment: 'other' } }]), { experiments: ['e'], flags: ['f'], segments: [] });
});

test('YAML is read as the JSON that it stands for', async () => {
  const { yaml } = await load('yaml');
  const value = { key: 'one-page', no: 'no', number: '12', empty: '', list: [1, 'a b', 'x: y'], none: [], deep: { a: [{ b: 1, c: [[0, 5]] }, []], o: {} },
    emoji: '🛒 " \\ #', lines: 'a\nb', flag: null, yes: true };
  assert.deepEqual(parse(yaml(value)), value);
  assert.equal(yaml({ a: [{ b: 1, c: 'x' }], d: ['e', 'f'] }), 'a:\n  - b: 1\n    c: x\nd: [e, f]\n');
});

test('shipping puts the value where the experiment was, and leaves all else', async () => {
  const { isAdvised, shipped } = await load('shipping');
  const rules = [{ when: ['staff', 'is', true], give: 1 }, { when: ['country', 'is', 'DE'], experiment: 'e' }, { experiment: 'other' }];
  assert.deepEqual(shipped(rules, 'e', 7), [rules[0], { when: ['country', 'is', 'DE'], give: 7 }, rules[2]]);
  const experiment = { variants: [{ key: 'a', control: true }, { key: 'b', control: false }] };
  const advised = (code, variant) => ['a', 'b'].filter((each) => isAdvised(experiment, { verdict: { code, variant } }, each));
  assert.deepEqual(advised('ship', 'b'), ['b']);
  assert.deepEqual(advised('roll_back', 'b'), ['a']);
  assert.deepEqual(advised('no_difference'), ['a', 'b']);
  assert.deepEqual(advised('keep_running'), []);
});

test('changes are told with their sign, and none is minus nothing', async () => {
  const { percent, liftWords, placeOf, spanOf } = await load('lift');
  assert.deepEqual([0.041, -0.0032, 0, -0.00000001, 0.123, 1.5, 0.05].map(percent), ['+4.1 %', '−0.32 %', '0 %', '0 %', '+12 %', '+150 %', '+5 %']);
  assert.equal(liftWords({ estimate: 0.02, low: -0.01, high: 0.05 }), '+2 % (−1 % to +5 %)');
  const span = spanOf([{ estimate: 0.1, low: -0.9, high: 9 }, { estimate: -0.05, low: -0.06, high: -0.04 }]);
  assert.ok(span[0] < -0.05 && span[1] > 0.1 && span[1] < 1, 'one that is known badly does not hide the others');
  assert.equal(placeOf(9, span), 100, 'what lies beyond ends at the edge');
});

test('a flag that gives everybody one value for a month is old; one that still decides is not', async () => {
  const { servedToAll, staleWords } = await load('flag_age');
  const flag = (rules, more = {}) => ({ enabled: true, archived: false, default: 'd', off_value: 'o', rules, ...more });
  const over = new Map([['e', { state: 'stopped', phases: [{ ended_at: '2026-03-01T00:00:00Z' }] }], ['live', { state: 'running', phases: [{}] }]]);
  assert.deepEqual(servedToAll(flag([{ experiment: 'e' }]), over), { value: 'd' });
  assert.deepEqual(servedToAll(flag([{ experiment: 'e' }, { give: 'g' }]), over), { value: 'g' });
  assert.deepEqual(servedToAll(flag([{ experiment: 'live' }], { enabled: false }), over), { value: 'o' });
  for (const rule of [{ experiment: 'live' }, { when: ['a', 'is', 1], give: 1 }, { rollout: { share: '5%' }, give: 1 }])
    assert.equal(servedToAll(flag([rule]), over), null);
  const words = (now, changed) => staleWords(flag([{ experiment: 'e' }]), over, changed, Date.parse(now));
  assert.equal(words('2026-03-30T00:00:00Z', '2026-01-01T00:00:00Z'), '', 'its experiment stopped a month later');
  assert.equal(words('2026-03-31T00:00:00Z', '2026-01-01T00:00:00Z'), 'Everybody has got "d" for 30 days');
  assert.equal(words('2027-03-31T00:00:00Z', undefined), '');
});

test('code for a flag is quoted as its language wants it', async () => {
  const { snippet } = await load('snippets');
  const flag = { key: 'it.s', type: 'json', default: { a: "b'c" }, off_value: null };
  assert.ok(snippet(flag, 'C++', 'https://x').includes(String.raw`client.json("it.s", {{&customer, 1}, {}}, "{\"a\":\"b'c\"}")`));
  assert.ok(snippet(flag, 'JavaScript', 'https://x').includes(`client.evaluate('it.s', {"a":"b'c"}`));
  assert.ok(snippet({ ...flag, type: 'float', default: 2 }, 'C++', 'https://x').includes(', 2.0)'));
});

test('what a metric shows, and for how long, in words', async () => {
  const { baselineWords, briefly, daysWords } = await load('sensitivity');
  const of = { status: 'ok', baseline: { kind: 'rate', mean: 0.1234, variance: 0.1, answering: 0.5 }, changes: [{ relative: 0.01, units: 9, days: 8.2, days_fastest: 7.5, days_slowest: 11.01 }] };
  assert.equal(baselineWords(of), '12.3 % of units; 50 % have a figure');
  assert.equal(baselineWords({ ...of, baseline: { kind: 'mean', mean: 4.976, variance: 91.2, answering: 1 } }), 'a mean of 4.98, standard deviation 9.55');
  assert.match(baselineWords({ ...of, baseline: null, status: 'not_mature' }), /No window/);
  assert.equal(daysWords(of.changes[0]), '9 days (8 to 12)');
  assert.equal(daysWords({ ...of.changes[0], days: null }), 'nobody knows how long');
  assert.equal(briefly(of), '1 % in 9 days');
});

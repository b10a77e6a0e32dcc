// The rarer conditions against the built program, which reads them by other means: RE2 for patterns, inet_pton for
// addresses, its own scanners for times and versions. Values are made of pieces, valid and not.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { notLocal } from '../../../sdk/js/dist/inspect.js';
import { createClient } from '../../../sdk/js/dist/node.js';
import { Served } from '../served.mjs';

/** A small generator with a seed, so that a failure comes again (mulberry32). */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}
const roll = random(20261122);
const pick = (list) => list[roll(list.length)];
const several = (list, most) => Array.from({ length: roll(most + 1) }, () => pick(list)).join('');

const patternPieces = ['a', 'b', 'é', '😀', '.', '\\s', '\\S', '\\w', '\\d', '\\W', '\\b', '\\B', '^', '$', '[ab]', '[^a]', '[\\s-]', '[^\\s]',
  '[\\S]', '[a\\]]', '[\\-.]', '[.]', '[é-ü]', '(?:a|b)', '(b)', 'a*', 'b+?', '.{2}', 'a{1,}', '{', '}', ']', 'x{', '\\-', '\\@', '\\.', '\\/',
  '\\"', '\\x41', '\\t', '\\n', '\\v', '|', ' ', '-', '&', '[&&]', '[^\\S]', '[[]', '\\_', '[\\@\\_b]', '\\&', '[\\&-x]', '[{2}]', '[a.b]', '\\é'];
const textPieces = ['a', 'b', 'A', 'é', 'ü', '😀', ' ', '\t', '\n', '\r', '\v', '\u00a0', '\u2028', '\ufeff', '-', '.', '1', '_', '@', '{', ']', '&', 'x'];
const addressPieces = ['0', '1', '10', '255', '256', '01', 'ffff', 'FFFF', '12345', 'g', '.', '.', ':', ':', '::', '1.2.3.4', ' ', '/8', 'db8'];
const versionPieces = ['0', '1', '2', '10', '007', '99999999999999999999', '.', '.', '.', '-', '-rc', '-rc.', 'beta', '+', '+build', 'v', 'x', '1a', '--', '\n'];
const timePieces = [['2026', '0000', '1969', '9999', '26'], ['-'], ['01', '02', '12', '13', '00', '1'], ['-'], ['01', '28', '29', '30', '31', '00'],
  ['', 'T', 't', ' ', '_'], ['00', '23', '24', '', '9'], [':'], ['00', '59', '60'], [':'], ['00', '59', '60', '61'],
  ['', '.', '.5', '.123456', '.1234567', ',5'], ['', 'Z', 'z', '+02:00', '-23:59', '+24:00', '+0200', '+02:60']];

/** Half of the times as they should be. */
const time = () => (roll(2) ? timePieces.map(pick).join('') : `20${10 + roll(30)}-0${1 + roll(9)}-1${roll(10)}T1${roll(10)}:00:00.${roll(1e6)}Z`);
const address = () => (roll(3) ? several(addressPieces, 8) : pick(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1', '::', '1::', '::1:2', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '1:2:3:4:5:6:1.2.3.4']));

/** Operands and values of an operator. */
const kinds = {
  matches: [() => several(patternPieces, 5), () => several(textPieces, 6)],
  cidr: [() => pick(['10.0.0.0/8', '10.1.2.3', '0.0.0.0/0', '::/0', '2001:db8::/31', '::ffff:10.0.0.0/104', '1:2::/17', '::/1']), address],
  before: [() => pick(['2026-01-01', '2026-02-28T23:59:59.5Z', '2026-12-31T23:59:60Z', '2024-02-29T00:00:00.123456+02:00']), time],
  after: [() => pick(['2026-01-01', '0000-01-01', '2030-06-01T12:00:00-23:59']), time],
  version_lt: [() => pick(['1.2.3', '1.10.0-rc.1', '2', '1.0.0-1.a', '0.0.1']), () => several(versionPieces, 7)],
  version_ge: [() => pick(['v1.2', '1.2.3-beta', '10.0.0', '1.0.0-rc.10']), () => several(versionPieces, 7)],
};

const patience = 30_000;

let served;
let client;
const conditions = {};

before(async () => {
  served = await Served.open();
  for (const [operator, [operand]] of Object.entries(kinds))
    for (let n = 0; n < (operator === 'matches' ? 150 : 6); ++n) {
      const key = `${operator}-${n}`;
      conditions[key] = [operator, operator, operand()];
      await served.call('POST', '/v1/flags', {
        key, type: 'bool', off_value: false, default: false, rules: [{ when: conditions[key], give: true }],
      }).catch((error) => assert.equal(error.status, 422, 'patterns that only one of both can read are refused'));
    }
  client = createClient({ url: served.origin, key: served.key('sdk'), stream: false });
  assert.ok(await client.ready(undefined, patience));
});

after(async () => {
  await client?.close();
  await served?.close();
});

test('agrees with the service on every value', async (t) => {
  const counts = { held: 0, not: 0, flags: 0 };
  const apart = new Set(notLocal(await served.call('GET', '/v1/snapshot')));
  for (const flag of apart) assert.match(conditions[flag][2], /\\B/);
  for (let n = 0; n < 400; ++n) {
    const attributes = Object.fromEntries(Object.entries(kinds).map(([operator, [, value]]) => [operator, value()]));
    const { evaluations } = await served.call('POST', '/v1/evaluate', { unit: 'u', attributes });
    counts.flags = evaluations.length;
    for (const { flag, value } of evaluations) {
      if (apart.has(flag)) continue;
      const given = client.peek(flag, null, { units: { user: 'u' }, attributes });
      counts[value ? 'held' : 'not'] += 1;
      assert.equal(given.value, value, `${JSON.stringify(conditions[flag])} of ${JSON.stringify(attributes[conditions[flag][0]])}: ${given.cause}`);
    }
  }
  t.diagnostic(JSON.stringify({ ...counts, apart: [...apart] }));
  assert.ok(counts.flags > 100 && counts.held > 1000 && counts.not > 1000);
});

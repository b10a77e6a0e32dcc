// The golden vectors: what every SDK must decide. Expected values: tests/vectors/reference.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { murmur3, slotOf } from '../../../sdk/js/dist/hash.js';
import { decide } from '../../../sdk/js/dist/node.js';

const vectors = JSON.parse(readFileSync(new URL('../../vectors/touchstone-1.json', import.meta.url), 'utf8'));

/** A flag that gives whether a condition holds. */
const asks = (condition) => ({
  segments: vectors.segments,
  flags: { asked: { enabled: true, off: null, default: false, rules: [{ when: condition, value: true }] } },
});

test('murmur3', () => {
  for (const { text, seed, hash } of vectors.murmur3) assert.equal(murmur3(text, seed), hash, text);
});

test('slots', () => {
  for (const { salt, id, slot } of vectors.slots) assert.equal(slotOf(salt, id), slot, id);
});

test('conditions', () => {
  for (const { condition, subject, expect } of vectors.conditions)
    assert.equal(decide(asks(condition), 'asked', subject).value, expect, JSON.stringify({ condition, subject }));
});

test('decisions', () => {
  for (const { snapshot, flag, subject, expect } of vectors.decisions)
    assert.deepEqual(decide(vectors.snapshots[snapshot], flag, subject), expect, JSON.stringify({ snapshot, flag, subject }));
});

test('are many', (t) => {
  const counts = ['murmur3', 'slots', 'conditions', 'decisions'].map((part) => vectors[part].length);
  t.diagnostic(`cases: ${counts}`);
  assert.ok(counts.reduce((sum, count) => sum + count) >= 2000);
});

// What a program gets that imports the package by its name: each entry, as Node resolves it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../sdk/js/', import.meta.url));
const { exports, dependencies } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));

const expected = {
  '.': ['createClient', 'decide'],
  './conditions': [],
  './inspect': ['notLocal'],
  './offline': ['offlineQueue'],
  './openfeature-server': ['exposureHook', 'providerOf'],
  './openfeature-web': ['exposureHook', 'providerOf'],
  './overlay': ['overlay'],
  './remote': ['createClient'],
};

test('has no dependency', () => assert.equal(dependencies, undefined));

test('has these entries', () => assert.deepEqual(Object.keys(exports), Object.keys(expected)));

for (const [entry, names] of Object.entries(expected))
  test(`${entry} gives ${names}`, () => {
    const program = `console.log(Object.keys(await import('${entry.replace('.', 'touchstone')}')).join())`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8' });
    assert.equal(printed.trim(), names.join());
  });

test('in Node the core has every operator', () => {
  const program = `import { decide } from 'touchstone';
    const flags = { f: { enabled: true, rules: [{ when: ['v', 'version_ge', '2.0'], value: 'new' }], default: 'old' } };
    console.log(decide({ flags }, 'f', { units: {}, attributes: { v: '10.0' } }).value)`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, encoding: 'utf8' });
  assert.equal(printed.trim(), 'new');
});

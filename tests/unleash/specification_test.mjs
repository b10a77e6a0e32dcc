// Unleash's own client specification: each of its states is imported by the built program and evaluated over HTTP.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { Served } from '../sdk/served.mjs';

const program = process.env.TOUCHSTONE_PROGRAM;
const load = createRequire(import.meta.url);
const names = load('@unleash/client-specification/specifications/index.json');

/** What does not apply, and why. */
const apart = {
  '18-utf8-flag-names.json': 'keys of flags are ASCII here: such a name is imported under another, and the import says so',
  '19-delta-api-hydration.json': 'how a client is fed, not how it decides',
  '20-delta-api-events.json': 'how a client is fed, not how it decides',
};

/** Flags whose cases do not apply. */
const shared = 'the pattern uses more than RE2 and JavaScript share: the import leaves the flag out and says so';
const apartFlags = {
  'R03.ascii_class': shared,
  'R09.inline_flag_i': shared,
  'R10.inline_flag_m': shared,
  'R11.inline_flag_s_dotall': shared,
  'F9.globalSegmentOn': 'its variants stick to a field that the context lacks: Unleash draws anew each time',
};
/** Flags whose patterns are no patterns anywhere: left out, which is off. */
const leftOut = ['invalid-regex-defaults-to-false', 'R90.reject_lookahead', 'R91.reject_backreference'];

const counts = { passed: 0, apart: 0 };

function folderFor(t) {
  const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-unleash-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An Unleash context as ids and attributes: what a rollout may stick to is both. */
function subjectOf({ properties = {}, userId, sessionId, ...rest }) {
  const attributes = {};
  const units = [];
  for (const [name, value] of Object.entries({ ...rest, ...properties }))
    if (value !== null && value !== undefined) attributes[name] = value;
  for (const [type, id] of Object.entries({ ...attributes, user: userId, session: sessionId }))
    if (typeof id === 'string' && id !== '' && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(type)) units.push({ type, id });
  if (userId) attributes.userId = userId;
  if (sessionId) attributes.sessionId = sessionId;
  return { units, attributes };
}

async function valueOf(served, flag, context) {
  const { evaluations } = await served.call('POST', '/v1/evaluate', { flags: [flag], ...subjectOf(context) });
  return evaluations[0].value;
}

/** A flag with variants gives the name of one, or "disabled". Unknown flags are off in Unleash. */
const isOn = (value) => value !== undefined && value !== null && value !== false && value !== 'disabled';
const variantOf = (value) => (typeof value === 'string' ? value : 'disabled');

for (const file of names) {
  const specification = load(`@unleash/client-specification/specifications/${file}`);
  const { state, tests = [], variantTests = [] } = specification;
  const all = tests.length + variantTests.length;
  if (apart[file]) {
    counts.apart += all;
    test(`${file}: ${all} cases apart: ${apart[file]}`, { skip: apart[file] }, () => {});
    continue;
  }
  test(file, async (t) => {
    const folder = folderFor(t);
    const data = path.join(folder, 'data');
    const export_ = path.join(folder, 'features.json');
    writeFileSync(export_, JSON.stringify(state));
    const said = execFileSync(program, ['import', '--from', 'unleash', '--start', '--data', data, export_], { encoding: 'utf8' });
    const without = said.split('left out:\n')[1]?.trim().split('\n').map((line) => line.trim().split(/[ :]/)[1]) ?? [];
    for (const name of without) assert.ok(name in apartFlags || leftOut.includes(name), said);
    const served = await Served.over(data);
    t.after(() => served.close());
    const applies = (one) => {
      if (one.toggleName in apartFlags) ++counts.apart;
      return !(one.toggleName in apartFlags);
    };
    for (const one of tests.filter(applies)) {
      const value = await valueOf(served, one.toggleName, one.context);
      assert.equal(isOn(value), one.expectedResult, `${one.description}: ${JSON.stringify(value)} for ${JSON.stringify(one)}`);
      ++counts.passed;
    }
    for (const one of variantTests.filter(applies)) {
      const value = await valueOf(served, one.toggleName, one.context);
      assert.equal(variantOf(value), one.expectedResult.name, `${one.description}: ${JSON.stringify(value)} for ${JSON.stringify(one)}`);
      ++counts.passed;
    }
  });
}

after(() => console.log(`Unleash client specification: ${counts.passed} cases pass, ${counts.apart} do not apply`));

// Writes the files beside this one, but for planout-core.json, which generate.py writes: what the vendors' own SDKs give for a configuration of each, so that an import can
// be compared with them. Run in a folder where these are installed:
//   npm install @launchdarkly/node-server-sdk@9.13.7 statsig-node@6.5.2 posthog-node@5.70.0 planout@5.3.0
//   node generate.mjs FOLDER_OF_THE_PACKAGES
import { createServer } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const load = createRequire(join(process.argv[2] ?? '.', 'index.js'));
const here = new URL('.', import.meta.url).pathname;

const ids = (count) => Array.from({ length: count }, (_, i) => (i % 12 === 5 ? `zoë-${i}-猫` : `user-${i}`));
const countries = ['DE', 'fr', 'US', undefined];
const plans = ['pro', 'free', undefined];
const people = (count) =>
  ids(count).map((unit, i) => {
    const attributes = {};
    if (countries[i % 4]) attributes.country = countries[i % 4];
    if (plans[i % 3]) attributes.plan = plans[i % 3];
    if (i % 5) attributes.age = 15 + (i % 30);
    if (i % 7) attributes.version = ['1.9.3', '2.0.0', '2.0.0-beta', '10.1.0'][i % 4];
    if (i % 2) attributes.signed = `202${i % 7}-03-01T00:00:00Z`;
    return { unit, attributes, ...(i % 6 === 1 ? { organization: `org-${i % 9}` } : {}) };
  });

function write(vendor, sdk, file, cases) {
  const lines = cases.map((one) => `    ${JSON.stringify(one)}`).join(',\n');
  const head = `{\n  "vendor": ${JSON.stringify(vendor)},\n  "sdk": ${JSON.stringify(sdk)},\n  "file": `;
  writeFileSync(join(here, `${vendor}.json`), `${head}${JSON.stringify(file)},\n  "cases": [\n${lines}\n  ]\n}\n`);
}

// LaunchDarkly ------------------------------------------------------------------------------------------------------

const clause = (attribute, op, values, more = {}) => ({ attribute, op, values, ...more });
const half = [{ variation: 0, weight: 50000 }, { variation: 1, weight: 50000 }];
const onOff = { on: true, variations: [true, false], offVariation: 1, fallthrough: { variation: 1 }, version: 1 };
const launchdarkly = {
  flags: {
    'ld-ab': { key: 'ld-ab', on: true, salt: 'a1b2c3d4', version: 1, variations: ['control', 'treatment'], offVariation: 0,
      fallthrough: { rollout: { kind: 'experiment', variations: half } } },
    'ld-seeded': { key: 'ld-seeded', on: true, salt: 'zzz', version: 1, variations: ['a', 'b', 'c'], offVariation: 0,
      fallthrough: { rollout: { kind: 'experiment', seed: 61, variations: [{ variation: 0, weight: 10000 },
        { variation: 1, weight: 20000 }, { variation: 2, weight: 10000 }, { variation: 0, weight: 60000, untracked: true }] } } },
    targeted: { ...onOff, key: 'targeted', salt: 's1', variations: [{ size: 1 }, { size: 2 }, { size: 3 }],
      targets: [{ values: ['user-1', 'user-2'], variation: 2 }],
      contextTargets: [{ contextKind: 'organization', values: ['org-7'], variation: 0 }, { contextKind: 'user', values: [], variation: 2 }],
      rules: [
        { id: 'r1', clauses: [clause('country', 'in', ['DE', 'US']), clause('age', 'greaterThanOrEqual', [30])], variation: 0 },
        { id: 'r2', clauses: [clause('plan', 'in', ['pro'], { negate: true })], variation: 2 },
        { id: 'r3', clauses: [clause('version', 'semVerGreaterThan', ['2.0.0-beta'])], rollout: { variations: half } },
        { id: 'r4', clauses: [clause('', 'segmentMatch', ['testers'])], variation: 0 }] },
    'by-country': { ...onOff, key: 'by-country', salt: 's2',
      fallthrough: { rollout: { bucketBy: 'country', variations: half } } },
    'by-organization': { ...onOff, key: 'by-organization', salt: 's3', variations: ['one', 'two'],
      fallthrough: { rollout: { kind: 'experiment', contextKind: 'organization', variations: half } } },
    dates: { ...onOff, key: 'dates', salt: 's4',
      rules: [{ id: 'd', clauses: [clause('signed', 'before', [1640995200000])], variation: 0 },
        { id: 'e', clauses: [clause('key', 'endsWith', ['7', '猫']), clause('version', 'semVerEqual', ['2.0'])], variation: 0 }] },
    child: { ...onOff, key: 'child', salt: 's5', prerequisites: [{ key: 'ld-ab', variation: 1 }], fallthrough: { variation: 0 } },
    orphan: { ...onOff, key: 'orphan', salt: 's6', prerequisites: [{ key: 'off', variation: 0 }], fallthrough: { variation: 0 } },
    off: { ...onOff, key: 'off', on: false, salt: 's7' },
  },
  segments: {
    testers: { key: 'testers', version: 1, included: ['user-9'], excluded: ['user-10'],
      rules: [{ clauses: [clause('country', 'startsWith', ['f']), clause('', 'segmentMatch', ['young'], { negate: true })] }] },
    young: { key: 'young', version: 1, included: [], excluded: [], rules: [{ clauses: [clause('age', 'lessThan', [25])] }] },
  },
};

async function fromLaunchDarkly() {
  const sdk = load('@launchdarkly/node-server-sdk');
  const { FileDataSourceFactory } = load('@launchdarkly/node-server-sdk/integrations');
  const path = join(mkdtempSync(join(tmpdir(), 'flags-')), 'flags.json');
  writeFileSync(path, JSON.stringify(launchdarkly));
  const client = sdk.init('key', { sendEvents: false, logger: { error() {}, warn() {}, info() {}, debug() {} },
    updateProcessor: new FileDataSourceFactory({ paths: [path] }).getFactory() });
  await client.waitForInitialization({ timeout: 5 });
  const cases = [];
  for (const { unit, attributes, organization } of people(120)) {
    const user = { kind: 'user', key: unit, ...attributes };
    const context = organization ? { kind: 'multi', user: { key: unit, ...attributes }, organization: { key: organization } } : user;
    const gives = {};
    for (const flag of Object.keys(launchdarkly.flags)) gives[flag] = await client.variation(flag, context, null);
    cases.push({ unit, attributes, units: organization ? { organization } : {}, gives });
  }
  client.close();
  write('launchdarkly', 'node-server-sdk 9.13.7', launchdarkly, cases);
}

// Statsig -----------------------------------------------------------------------------------------------------------

const bucket = (salt, operator, targetValue) => ({ type: 'user_bucket', operator, targetValue, field: null, idType: 'userID', additionalValues: { salt } });
const field = (name, operator, targetValue, type = 'user_field') => ({ type, operator, targetValue, field: name, idType: 'userID', additionalValues: {} });
const rule = (id, conditions, returnValue, more = {}) => ({ name: id, id, salt: `${id}-salt`, groupName: id, passPercentage: 100, conditions, returnValue, idType: 'userID', isDeviceBased: false, ...more });
const arm = (id, conditions, returnValue, more = {}) => rule(id, conditions, returnValue, { isExperimentGroup: true, ...more });
const spec = (name, entity, rules, defaultValue, more = {}) => ({ name, entity, rules, defaultValue, salt: `${name}-salt`, enabled: true, isActive: true, idType: 'userID', isDeviceBased: false,
  type: entity === 'feature_gate' ? 'feature_gate' : 'dynamic_config', explicitParameters: [], ...more });
const everyone = { type: 'public', operator: null, targetValue: null, field: null, idType: 'userID', additionalValues: {} };
const inLayer = Array.from({ length: 600 }, (_, i) => (i * 7) % 1000);
const statsig = {
  has_updates: true, time: 1, id_lists: {}, layers: { shop: ['layered'] },
  feature_gates: [
    spec('paying', 'feature_gate', [rule('p', [field('plan', 'any', ['PRO'])], true)], false),
    spec('ramp', 'feature_gate', [rule('r', [everyone], true, { passPercentage: 30 })], false),
    spec('mixed', 'feature_gate', [
      rule('m1', [field('age', 'gte', 30), field('country', 'none', ['us'])], true, { passPercentage: 50 }),
      rule('m2', [field('country', 'str_starts_with_any', ['d', 'F']), field('ramp', 'pass_gate', 'ramp', 'pass_gate')], true),
      rule('m3', [{ type: 'unit_id', operator: 'any', targetValue: ['user-3', 'user-4'], field: null, idType: 'userID', additionalValues: {} }], true)], false),
  ],
  dynamic_configs: [
    spec('st_ab', 'experiment', [arm('Control', [bucket('st-split', 'lt', 500)], { button: 'grey' }), arm('Test', [bucket('st-split', 'lt', 1000)], { button: 'red' })], { button: 'none' }),
    spec('targeted_ab', 'experiment', [
      rule('holdout', [{ ...everyone, type: 'pass_gate', targetValue: 'ramp' }], { x: 0 }),
      rule('inlineTargetingRules', [field('version', 'version_lt', '2.0.0')], { x: -1 }),
      arm('A', [bucket('t-split', 'lt', 200)], { x: 1 }, { passPercentage: 80 }), arm('B', [bucket('t-split', 'lt', 500)], { x: 2 }), arm('C', [bucket('t-split', 'lt', 900)], { x: 3 })], { x: 9 }),
    spec('layered', 'experiment', [
      rule('layerAssignment', [bucket('shop-layer', 'none', inLayer)], { price: 10, text: 'old' }),
      rule('inlineTargetingRules', [field('country', 'none', ['DE', 'FR', 'US'])], { price: 10, text: 'old' }),
      arm('Cheap', [bucket('l-split', 'lt', 500)], { price: 8, text: 'old' }), arm('Dear', [bucket('l-split', 'lt', 1000)], { price: 12, text: 'old' })], { price: 10, text: 'old' }),
    spec('stopped', 'experiment', [arm('Control', [bucket('o', 'lt', 500)], { a: 1 })], { a: 0 }, { enabled: false }),
    spec('settings', 'dynamic_config', [rule('new', [field('signed', 'after', 1640995200000)], { theme: 'new' }), rule('some', [everyone], { theme: 'some' }, { passPercentage: 20 })], { theme: 'old' }),
  ],
  layer_configs: [
    spec('shop', 'layer', [rule('assign', [bucket('shop-layer', 'any', inLayer)], { price: 10, text: 'old' }, { configDelegate: 'layered' }),
      rule('rest', [field('plan', 'any', ['free'])], { price: 9, text: 'free' })], { price: 10, text: 'old' }),
  ],
};

async function fromStatsig() {
  const { default: sdk } = load('statsig-node');
  await sdk.initialize('secret-key', { localMode: true, bootstrapValues: JSON.stringify(statsig), initStrategyForIP3Country: 'none', disableDiagnostics: true });
  const cases = people(120).map(({ unit, attributes }) => {
    const user = { userID: unit, country: attributes.country, custom: attributes };
    const gives = {};
    for (const { name } of statsig.feature_gates) gives[name] = sdk.checkGateSync(user, name);
    for (const { name } of statsig.dynamic_configs) gives[name] = sdk.getConfigSync(user, name).value;
    for (const { name } of statsig.layer_configs) {
      const layer = sdk.getLayerSync(user, name);
      gives[name] = { price: layer.get('price', null), text: layer.get('text', null) };
    }
    return { unit, attributes, units: {}, gives };
  });
  sdk.shutdown();
  write('statsig', 'statsig-node 6.5.2', statsig, cases);
}

// PostHog -----------------------------------------------------------------------------------------------------------

const variants = (...shares) => ({ variants: shares.map((rollout_percentage, i) => ({ key: ['control', 'test', 'other'][i], rollout_percentage })) });
const property = (key, operator, value, more = {}) => ({ key, operator, value, type: 'person', ...more });
const posthogFlag = (key, groups, more = {}) => ({ id: key.length, key, name: '', active: true, deleted: false, filters: { groups, payloads: {}, ...more } });
const known = { plan: 'none', country: 'none', age: 0, version: '0.0.1', signed: '2019-01-01T00:00:00Z' };
const posthog = {
  flags: [
    posthogFlag('ph-ab', [{ properties: [], rollout_percentage: 100 }], { multivariate: variants(50, 50) }),
    posthogFlag('ph-partial', [{ properties: [], rollout_percentage: 60 }], { multivariate: variants(20, 30, 50) }),
    posthogFlag('ph-held', [{ properties: [], rollout_percentage: 100 }], { multivariate: variants(50, 50), holdout: { id: 5, exclusion_percentage: 30 } }),
    posthogFlag('ph-groups', [
      { properties: [property('plan', 'exact', ['PRO'])], rollout_percentage: 50, variant: 'test' },
      { properties: [property('country', 'is_not', ['us']), property('age', 'gt', 20)], rollout_percentage: 80 },
      { properties: [{ key: 'id', type: 'cohort', operator: 'in', value: 3 }], rollout_percentage: null }], { multivariate: variants(40, 40) }),
    posthogFlag('ph-plain', [{ properties: [property('version', 'semver_gte', '2.0.0')], rollout_percentage: 45 }]),
    posthogFlag('ph-needs', [{ properties: [property('ph-ab', 'flag_evaluates_to', 'test', { type: 'flag', dependency_chain: ['ph-ab'] })], rollout_percentage: 100 }]),
    posthogFlag('ph-organization', [{ properties: [], rollout_percentage: 50 }], { aggregation_group_type_index: 0 }),
    { ...posthogFlag('ph-off', [{ properties: [], rollout_percentage: 100 }]), active: false },
  ],
  group_type_mapping: { 0: 'organization' },
  cohorts: { 3: { type: 'OR', values: [{ type: 'AND', values: [property('country', 'icontains', 'D'), property('age', 'lt', 40, { negation: true })] }, { type: 'AND', values: [property('signed', 'is_date_before', '2022-01-01')] }] } },
};

async function fromPostHog() {
  const { PostHog } = load('posthog-node');
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url.includes('definitions') || request.url.includes('local_evaluation') ? posthog : {}));
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const client = new PostHog('phc_key', { host: `http://127.0.0.1:${server.address().port}`, personalApiKey: 'phx_key', featureFlagsPollingInterval: 1e6 });
  await client.reloadFeatureFlags();
  const cases = [];
  for (const { unit, attributes, organization } of people(120)) {
    const given = { ...known, ...attributes };
    const gives = {};
    for (const { key } of posthog.flags)
      gives[key] = (await client.getFeatureFlag(key, unit, { onlyEvaluateLocally: true, sendFeatureFlagEvents: false, personProperties: given, groups: organization ? { organization } : {}, groupProperties: organization ? { organization: {} } : {} })) ?? null;
    cases.push({ unit, attributes: given, units: organization ? { organization } : {}, gives });
  }
  await client.shutdown();
  server.close();
  write('posthog', 'posthog-node 5.70.0', posthog, cases);
}

// PlanOut -----------------------------------------------------------------------------------------------------------

const get = (name) => ({ op: 'get', var: name });
const array = (...values) => ({ op: 'array', values });
const set = (name, value) => ({ op: 'set', var: name, value });
const random = (op, args, unit = get('userid')) => ({ op, ...args, unit });
const seq = (...steps) => ({ op: 'seq', seq: steps });
const planout = {
  namespaces: [{
    name: 'shop', namespace: { unit: 'userid', segments: 100 },
    experiment_definitions: [
      { definition: 'Default', assign: seq(set('price', 10), set('label', 'buy')) },
      { definition: 'Price', assign: seq(set('price', random('uniformChoice', { choices: array(8, 10, 12) }))) },
      { definition: 'Label', assign: seq(set('label', random('weightedChoice', { choices: array('buy', 'get'), weights: array(0.7, 0.3), salt: 'own' })), set('price', 11)) },
      { definition: 'Both', assign: seq(set('price', random('randomInteger', { min: 5, max: 9 })), set('label', 'now'),
        { op: 'cond', cond: [{ if: { op: 'equals', left: get('country'), right: 'DE' }, then: seq(set('label', random('uniformChoice', { choices: array('jetzt', 'kaufen') }))) }] }) },
    ],
    default_experiment: 'Default',
    experiment_sequence: [
      { action: 'add', definition: 'Price', name: 'price-1', segments: 30 }, { action: 'add', definition: 'Label', name: 'label-1', segments: 25 },
      { action: 'remove', name: 'price-1' }, { action: 'add', definition: 'Both', name: 'both-1', segments: 40 }, { action: 'add', definition: 'Price', name: 'price-2', segments: 20 }],
  }],
  experiments: [
    { name: 'po-ab', assign: seq(set('v', random('uniformChoice', { choices: array('control', 'treatment') }))) },
    { name: 'po-bern', assign: seq(set('v', random('bernoulliTrial', { p: 0.35 })), set('w', random('weightedChoice', { choices: array('a', 'b', 'c'), weights: array(0.2, 0.3, 0.5) }, array(get('userid'))))) },
  ],
};

function fromPlanOut(vendor, build, sdk) {
  const { Interpreter, Namespace: { SimpleNamespace }, Experiment } = build;
  const [space] = planout.namespaces;
  const script = (name) => space.experiment_definitions.find((one) => one.definition === name).assign;
  const experiment = (definition) => class extends Experiment {
    configureLogger() {} log() {} previouslyLogged() { return true; } getParamNames() { return ['price', 'label']; }
    setup() { this.setName(definition); }
    assign(params, args) {
      const results = new Interpreter(script(definition), this.getSalt(), args).getParams();
      for (const [name, value] of Object.entries(results)) params.set(name, value);
    }
  };
  class Shop extends SimpleNamespace {
    setup() { this.setName(space.name); this.setPrimaryUnit('userid'); }
    setupDefaults() { this.numSegments = space.namespace.segments; this.defaultExperimentClass = experiment('Default'); }
    setupExperiments() {
      for (const step of space.experiment_sequence)
        if (step.action === 'add') this.addExperiment(step.name, experiment(step.definition), step.segments);
        else this.removeExperiment(step.name);
    }
  }
  const cases = people(120).map(({ unit, attributes }) => {
    const shop = new Shop({ userid: unit, ...attributes });
    const gives = { 'shop.price': shop.get('price', 10), 'shop.label': shop.get('label', 'buy') };
    for (const { name, assign } of planout.experiments)
      for (const [parameter, value] of Object.entries(new Interpreter(assign, name, { userid: unit }).getParams())) gives[`${name}.${parameter}`] = value;
    return { unit, attributes, units: {}, gives };
  });
  write(vendor, sdk, planout, cases);
}

await fromLaunchDarkly();
await fromStatsig();
await fromPostHog();
fromPlanOut('planout-js', load('planout'), 'planout 5.3.0');

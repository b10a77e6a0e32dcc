// One round of the rivals' own evaluators: an experiment of two equal variants behind a rule of three conditions that
// hold, asked for alone, and a hundred of them asked for together. Prints nanoseconds an experiment as JSON.
import { GrowthBookClient } from '@growthbook/growthbook';
import { FlagdCore } from '@openfeature/flagd-core';
import { createInstance, createStaticProjectConfigManager, OptimizelyDecideOption } from '@optimizely/optimizely-sdk';
import { Unleash } from 'unleash-client';

const people = Array.from({ length: 1024 }, (_, i) =>
  `${((i * 2654435761) % 4294967296).toString(16).padStart(8, '0')}-9e3f-4b7a-8c21-${String(i).padStart(12, '0')}`);
const attributes = { age: 34, country: 'DE', plan: 'pro' };
const keys = Array.from({ length: 100 }, (_, i) => `e${i}`);
const byKey = (make) => Object.fromEntries(keys.map((key) => [key, make(key)]));

function growthbook() {
  const condition = { country: { $in: ['DE', 'FR', 'NL'] }, plan: { $ne: 'free' }, age: { $gte: 18 } };
  const features = byKey((key) => ({ defaultValue: 'none', rules: [{ key, condition, hashVersion: 2, variations: ['control', 'treatment'] }] }));
  const client = new GrowthBookClient();
  client.initSync({ payload: { features } });
  const people_ = people.map((id) => ({ attributes: { id, ...attributes } }));
  return {
    one: (i) => client.evalFeature('e0', people_[i]).value,
    all: (i) => keys.map((key) => client.evalFeature(key, people_[i]).value),
  };
}

async function unleash() {
  const features = keys.map((name) => ({
    name, enabled: true, strategies: [{
      name: 'flexibleRollout', parameters: { rollout: '100', stickiness: 'userId', groupId: name },
      constraints: [{ contextName: 'country', operator: 'IN', values: ['DE', 'FR', 'NL'] },
        { contextName: 'plan', operator: 'NOT_IN', values: ['free'] }, { contextName: 'age', operator: 'NUM_GTE', value: '18' }],
      variants: ['control', 'treatment'].map((variant) => ({ name: variant, weight: 500, weightType: 'variable', stickiness: 'userId' })),
    }],
  }));
  const client = new Unleash({ appName: 'bench', url: 'http://127.0.0.1:1/', refreshInterval: 0, disableMetrics: true,
    disableAutoStart: true, skipInstanceCountWarning: true, bootstrap: { data: features } });
  client.on('error', () => {});
  client.on('warn', () => {});
  const synced = new Promise((done) => { client.once('ready', done); client.once('synchronized', done); });
  client.start();
  await synced;
  const contexts = people.map((userId) => ({ userId, properties: { ...attributes, age: String(attributes.age) } }));
  return {
    one: (i) => client.getVariant('e0', contexts[i]).name,
    all: (i) => keys.map((key) => client.getVariant(key, contexts[i]).name),
    close: () => client.destroy(),
  };
}

function optimizely() {
  const custom = (name, match, value) => ({ type: 'custom_attribute', name, match, value });
  const conditions = ['and', ['or', ...['DE', 'FR', 'NL'].map((country) => custom('country', 'exact', country))],
    ['not', custom('plan', 'exact', 'free')], custom('age', 'ge', 18)];
  const datafile = {
    version: '4', revision: '1', projectId: '1', accountId: '1', anonymizeIP: false, botFiltering: false, events: [], groups: [],
    rollouts: [], variables: [], attributes: ['age', 'country', 'plan'].map((key, i) => ({ id: `a${i}`, key })), audiences: [],
    typedAudiences: [{ id: 'paying', name: 'paying', conditions }],
    experiments: keys.map((key, i) => ({
      id: `x${i}`, key: `${key}-x`, layerId: `l${i}`, status: 'Running', audienceIds: ['paying'], forcedVariations: {},
      variations: ['control', 'treatment'].map((variation) => ({ id: `${variation}-${i}`, key: variation, featureEnabled: true, variables: [] })),
      trafficAllocation: [{ entityId: `control-${i}`, endOfRange: 5000 }, { entityId: `treatment-${i}`, endOfRange: 10000 }],
    })),
    featureFlags: keys.map((key, i) => ({ id: `f${i}`, key, rolloutId: '', experimentIds: [`x${i}`], variables: [] })),
  };
  const client = createInstance({ projectConfigManager: createStaticProjectConfigManager({ datafile: JSON.stringify(datafile) }), disposable: true });
  const users = people.map((id) => client.createUserContext(id, attributes));
  const quiet = [OptimizelyDecideOption.DISABLE_DECISION_EVENT];
  return {
    one: (i) => users[i].decide('e0', quiet).variationKey,
    all: (i) => Object.values(users[i].decideAll(quiet)).map((decision) => decision.variationKey),
  };
}

function flagd() {
  const rule = { and: [{ in: [{ var: 'country' }, ['DE', 'FR', 'NL']] }, { '!=': [{ var: 'plan' }, 'free'] }, { '>=': [{ var: 'age' }, 18] }] };
  const flags = byKey(() => ({ state: 'ENABLED', variants: { control: 'control', treatment: 'treatment', none: 'none' }, defaultVariant: 'none',
    targeting: { if: [rule, { fractional: [['control', 50], ['treatment', 50]] }] } }));
  const core = new FlagdCore();
  core.setConfigurations(JSON.stringify({ flags }));
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const contexts = people.map((targetingKey) => ({ targetingKey, ...attributes }));
  return {
    one: (i) => core.resolveStringEvaluation('e0', 'none', contexts[i], silent).value,
    all: (i) => core.resolveAll(contexts[i], silent).map((result) => result.value),
  };
}

/** Nanoseconds an experiment, after a warm-up of the same length; both variants must have been met. */
function measure(ask, each, milliseconds) {
  const met = new Set([].concat(...people.map((_, i) => ask(i))));
  if (met.size !== 2 || !met.has('control') || !met.has('treatment')) throw new Error(`met ${[...met]}`);
  const run = () => {
    const end = process.hrtime.bigint() + BigInt(milliseconds) * 1_000_000n;
    const cpu = process.cpuUsage();
    let asked = 0;
    while (process.hrtime.bigint() < end)
      for (let i = 0; i < 64; ++i) ask(asked++ % people.length);
    const { user, system } = process.cpuUsage(cpu);
    return ((user + system) * 1000) / asked / each;
  };
  run();
  return run();
}

const milliseconds = Number(process.argv[2] ?? 300);
const results = {};
for (const [name, make] of Object.entries({
  '@growthbook/growthbook 1.8.0': growthbook, 'unleash-client 6.12.1': unleash,
  '@optimizely/optimizely-sdk 6.6.1': optimizely, '@openfeature/flagd-core 4.0.1': flagd,
})) {
  const rival = await make();
  results[name] = { one: measure(rival.one, 1, milliseconds), all: measure(rival.all, keys.length, milliseconds) };
  rival.close?.();
}
console.log(JSON.stringify(results));
process.exit(0);

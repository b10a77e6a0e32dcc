// An experiment of the scheme growthbook-2 gives everybody what GrowthBook's own SDK gives them: 10,000 ids, an entry of
// several ranges, a split that was changed twice, and ids outside of ASCII.
import assert from 'node:assert/strict';
import { GrowthBook } from '@growthbook/growthbook';
import { Served } from '../sdk/served.mjs';

const served = await Served.open();
const call = (...what) => served.call(...what);

/** An experiment of a snapshot as GrowthBook writes it: the layer is a filter, each range of the slot map a variation. */
function asGrowthBook(name, { experiments, layers }) {
  const experiment = experiments[name];
  const share = (slot) => slot / 1_000_000;
  return {
    key: name,
    hashVersion: 2,
    hashAttribute: 'id',
    seed: experiment.salt,
    variations: experiment.slots.map(([, , variant]) => experiment.variants[variant].key),
    ranges: experiment.slots.map(([begin, end]) => [share(begin), share(end)]),
    filters: [{ seed: layers[experiment.layer].salt, attribute: 'id', hashVersion: 2,
      ranges: experiment.entry.map(([begin, end]) => [share(begin), share(end)]) }],
  };
}

function weighed(...weights) {
  return { variants: ['a', 'b', 'c'].map((variant, i) => ({ key: variant, weight: weights[i], values: { gb: variant } })) };
}

try {
  const others = [{ key: 'first', coverage: '15%' }, { key: 'second', coverage: '10%' }];
  await call('POST', '/v1/layers', { key: 'shared' });
  for (const other of others)
    await call('POST', '/v1/experiments?start', { ...other, layer: 'shared', scheme: 'growthbook-2', variants: [{ key: 'a' }, { key: 'b' }] });
  await call('POST', '/v1/experiments?start', { key: 'gb', layer: 'shared', scheme: 'growthbook-2', coverage: '30%', ...weighed(5, 3, 2) });
  await call('POST', '/v1/experiments/first:stop', {});
  await call('PATCH', '/v1/experiments/gb', { coverage: '70%', ...weighed(2, 3, 5) });
  await call('PATCH', '/v1/experiments/gb', weighed(4, 4, 2));

  const snapshot = await call('GET', '/v1/snapshot');
  const experiment = asGrowthBook('gb', snapshot);
  assert.ok(experiment.ranges.length > 3 && experiment.filters[0].ranges.length > 1);

  const ids = Array.from({ length: 10_000 }, (_, i) => (i % 10 === 0 ? `käufer-${i}-日本-🙂` : `user-${i}`));
  const seen = { null: 0, a: 0, b: 0, c: 0 };
  const ask = async (id) => {
    const { variant } = await call('POST', '/v1/evaluate', { flag: 'gb', unit: id });
    const theirs = new GrowthBook({ attributes: { id } }).run(experiment);
    assert.equal(variant, theirs.inExperiment ? theirs.value : null, id);
    seen[variant] += 1;
  };
  for (let i = 0; i < ids.length; i += 50) await Promise.all(ids.slice(i, i + 50).map(ask));
  console.log(`${ids.length} of ${ids.length} agree:`, seen);
  assert.ok(Math.min(...Object.values(seen)) > 1_000);
} finally {
  await served.close();
}

// Ten experiments with known truths, one for each verdict. What customers do is drawn from a seed, so that every run
// sends the same events, and the reports are the same to the last digit.

const day = 24 * 3600 * 1000;
const begin = Date.parse('2026-11-01T00:00:00Z');
const days = 14;

/** Mulberry32 (T. Ettinger): numbers in [0, 1) from a seed of 32 bits. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rates of control and treatment; `units` of each arm, or of control and treatment. A guardrail's margin is relative. */
export const verdicts = [
  { verdict: 'ship', units: 8000, purchase: [0.1, 0.13], refund: [0.05, 0.05], margin: 0.6 },
  { verdict: 'ship_with_care', units: 8000, purchase: [0.1, 0.13], refund: [0.02, 0.02], margin: 0.02 },
  { verdict: 'trade_off', units: 8000, purchase: [0.1, 0.13], refund: [0.05, 0.09], margin: 0.1 },
  { verdict: 'roll_back', units: 8000, purchase: [0.13, 0.1], refund: [0.05, 0.05], margin: 0.6 },
  { verdict: 'segment_split', units: 8000, purchase: [0.12, 0.12], segments: { new: 1.5, loyal: 0.6 } },
  { verdict: 'no_difference', units: 8000, purchase: [0.3, 0.3], smallest: 0.12, horizon: 16000 },
  { verdict: 'keep_running', units: 1500, purchase: [0.1, 0.1], smallest: 0.02, horizon: 200000 },
  { verdict: 'inconclusive', units: 1500, purchase: [0.1, 0.1], smallest: 0.02, horizon: 3000 },
  { verdict: 'do_not_trust', units: [6000, 5000], purchase: [0.1, 0.1] },
  { verdict: 'no_data', units: 0, purchase: [0.1, 0.1] },
].map((one, place) => ({ ...one, key: `planted-${one.verdict.replaceAll('_', '-')}`, seed: 1 + place }));

const metrics = [
  { key: 'purchase', kind: 'proportion', event: 'purchase', window: { length: '6h' } },
  { key: 'refund', kind: 'proportion', event: '$refund', direction: 'decrease', window: { length: '6h' } },
];

function experimentOf({ key, verdict, margin, smallest, horizon, segments }) {
  const planned = [{ metric: 'purchase', role: 'goal' }];
  if (margin) planned.push({ metric: 'refund', role: 'guardrail', margin });
  const plan = { metrics: planned, ...(smallest && { smallest_effect: smallest }), horizon: { units: horizon ?? 20000 } };
  if (segments)
    plan.segments = [{ name: 'New customers', attribute: 'tenure', value: 'new' }, { name: 'Loyal customers', attribute: 'tenure', value: 'loyal' }];
  return {
    key, name: `Planted: ${verdict.replaceAll('_', ' ')}`, hypothesis: 'We believe that one page will raise purchases, because each step loses customers.',
    owner: 'Checkout team', scheme: 'external', exposure: 'client', variants: [{ key: 'control' }, { key: 'one-page' }], plan,
  };
}

/** What the customers of an experiment do, in the order of time. */
function* eventsOf({ key, seed, units, purchase, refund, segments }) {
  const random = numbers(seed);
  const [control, treatment] = [units].flat().length === 2 ? units : [units, units];
  const total = control + treatment;
  for (let i = 0; i < total; i++) {
    const treated = Math.floor(((i + 1) * treatment) / total) > Math.floor((i * treatment) / total);
    const at = begin + Math.floor(((i + 0.5) / total) * days * day);
    const unit = `${key}-${i}`;
    const tenure = random() < 0.5 ? 'new' : 'loyal';
    const factor = treated && segments ? segments[tenure] : 1;
    const did = [[purchase[treated ? 1 : 0] * factor, 'purchase'], [refund?.[treated ? 1 : 0] ?? 0, '$refund']].filter(([rate]) => random() < rate);
    yield { id: `${unit}-met`, type: 'exposure', unit, ts: new Date(at).toISOString(), experiment: key, variant: treated ? 'one-page' : 'control', ...(segments && { attributes: { tenure } }) };
    for (const [, name] of did) yield { id: `${unit}-${name}`, type: 'event', unit, ts: new Date(at + day / 24).toISOString(), name };
  }
}

async function send(service, events) {
  const { stored } = await service.call('POST', '/v1/events', events);
  if (stored !== events.length) throw new Error(`${stored} of ${events.length} events were stored`);
}

/** Plants all of them in a service that has none, and lets every window close. */
export async function plant(service, chosen = verdicts) {
  for (const metric of metrics) await service.call('POST', '/v1/metrics', metric);
  for (const one of chosen) {
    await service.call('POST', '/v1/experiments', experimentOf(one));
    await service.call('POST', `/v1/experiments/${one.key}:start`, { at: new Date(begin).toISOString() });
    let batch = [];
    for (const event of eventsOf(one)) {
      batch.push(event);
      if (batch.length === 1000) await send(service, batch.splice(0));
    }
    if (batch.length > 0) await send(service, batch);
  }
  await send(service, [{ id: 'later', type: 'event', unit: 'passer-by', ts: new Date(begin + (days + 0.5) * day).toISOString(), name: 'visit' }]);
}

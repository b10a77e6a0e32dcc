// What the rows ask about.
const flags = [
  { key: 'limit', type: 'int', off_value: 0, default: 10, variants: { few: 10, many: 100 }, metadata: { team: 'shop', paid: true, rank: 0.5 } },
  { key: 'title', type: 'string', off_value: '', default: 'Hello', rules: [{ when: ['plan', 'is', 'pro'], give: 'Welcome back' }] },
  { key: 'theme', type: 'json', off_value: {}, default: { dark: true } },
  { key: 'since', type: 'bool', off_value: false, default: false, rules: [{ when: ['joined', 'after', '2025-01-01T00:00:00Z'], give: true }] },
  { key: 'from-code', type: 'string', off_value: null, default: null },
];

const variants = [{ key: 'control', values: { checkout: false } }, { key: 'one-page', values: { checkout: true } }];

/** Makes them, and a running experiment named checkout. */
export async function makeFlags(served) {
  for (const flag of flags) await served.call('POST', '/v1/flags', flag);
  await served.call('POST', '/v1/segments', { key: 'nobody', when: ['plan', 'is', 'none'] });
  await served.call('POST', '/v1/flags', { key: 'checkout', type: 'bool', off_value: false, default: false, rules: [] });
  await served.call('POST', '/v1/experiments?start', { key: 'checkout', variants });
  await served.call('PATCH', '/v1/flags/checkout', { rules: [{ experiment: 'checkout' }] });
}

// How code asks for a flag, ready to be copied.
import type { Flag } from './api/client';

const openFeature = { bool: 'getBooleanValue', int: 'getNumberValue', float: 'getNumberValue', string: 'getStringValue', json: 'getObjectValue' } as const;
const cpp = { bool: 'boolean', int: 'integer', float: 'number', string: 'text', json: 'json' } as const;
const zero = { bool: false, int: 0, float: 0, string: '', json: {} } as const;

const script = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The value for when there is no answer. */
const fallback = (flag: Flag): unknown => flag.off_value ?? flag.default ?? zero[flag.type];

/** A value of C++: objects as their JSON. */
function literal(flag: Flag): string {
  const value = fallback(flag);
  if (flag.type === 'bool' || flag.type === 'int') return JSON.stringify(value);
  if (flag.type === 'float') return Number.isInteger(value) ? `${String(value)}.0` : String(value);
  return JSON.stringify(flag.type === 'json' ? JSON.stringify(value) : value);
}

export const languages = ['JavaScript', 'C++', 'OpenFeature', 'curl'] as const;
export type Language = (typeof languages)[number];

export function snippet(flag: Flag, language: Language, origin: string): string {
  const key = flag.key;
  const value = JSON.stringify(fallback(flag));
  switch (language) {
    case 'JavaScript':
      return `import { createClient } from 'touchstone';

const client = createClient({ url: ${script(origin)}, key: process.env.TOUCHSTONE_KEY });
await client.ready();
const { value } = client.evaluate(${script(key)}, ${value}, { units: { user: 'customer-1' } });`;
    case 'C++':
      return `#include <sdk/cpp/client.hpp>

touchstone::sdk::Client client({.address = ${JSON.stringify(origin)}, .key = key});
const touchstone::assign::Unit customer{"user", "customer-1"};
const auto value = client.${cpp[flag.type]}(${JSON.stringify(key)}, {{&customer, 1}, {}}, ${literal(flag)}).value;`;
    case 'OpenFeature':
      return `import { OpenFeature } from '@openfeature/server-sdk';
import { OFREPProvider } from '@openfeature/ofrep-provider';

await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: ${script(origin)}, headers: { 'X-API-Key': process.env.TOUCHSTONE_KEY } }));
const value = await OpenFeature.getClient().${openFeature[flag.type]}(${script(key)}, ${value}, { targetingKey: 'customer-1' });`;
    case 'curl':
      return `curl -s ${shell(`${origin}/v1/evaluate?flag=${encodeURIComponent(key)}&unit=customer-1`)} -H "Authorization: Bearer $TOUCHSTONE_KEY"`;
  }
}

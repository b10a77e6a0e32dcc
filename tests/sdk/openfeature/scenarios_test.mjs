// OpenFeature's evaluation scenarios over HTTP, through the stock SDKs for servers and for the web. scenarios.json holds
// what github.com/open-feature/spec, specification/assets/gherkin (commit 6fd4d54a), asks for: the flags of its
// test-flags.json as Touchstone has them, and a row for each example of evaluation.feature and evaluation_v2.feature that
// is about a value. A row may stand for several scenarios that ask the same of it. What is about the SDK alone is apart:
// hooks, immutability, and the states of a provider, but for the fatal one, which a server brings about.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature as Server } from '@openfeature/server-sdk';
import { OpenFeature as Web } from '@openfeature/web-sdk';
import { Served } from '../served.mjs';

const { flags, rows } = JSON.parse(readFileSync(new URL('scenarios.json', import.meta.url)));
const capital = (word) => word[0].toUpperCase() + word.slice(1);
let served;
let options;

before(async () => {
  served = await Served.open();
  for (const flag of flags) await served.call('POST', '/v1/flags', flag);
  options = { baseUrl: served.origin, headers: [['Authorization', `Bearer ${served.client}`]], cacheMode: 'disabled', disableVisibilityRefresh: true };
  await Server.setProviderAndWait(new OFREPProvider(options));
});

after(async () => {
  await Server.close();
  await Web.close();
  await served.close();
});

async function fromServer({ flag, ask, fallback, context }) {
  return Server.getClient()[`get${capital(ask)}Details`](flag, fallback, context);
}

async function fromWeb({ flag, ask, fallback, context }) {
  await Web.setContext(context ?? {});
  await Web.setProviderAndWait(new OFREPWebProvider(options));
  return Web.getClient()[`get${capital(ask)}Details`](flag, fallback);
}

function check(details, expect) {
  const { metadata = {}, ...members } = expect;
  for (const [name, value] of Object.entries(members)) assert.deepEqual(details[name], value, name);
  for (const [name, value] of Object.entries(metadata)) assert.equal(details.flagMetadata[name], value, name);
}

for (const row of rows) {
  const name = `${row.scenario}: ${row.flag} as ${row.ask}`;
  test(`web: ${name}`, async () => check(await fromWeb(row), row.expect));
  test(`server: ${name}`, async () => {
    const { reason, ...rest } = row.expect;
    // This provider, 0.1.3, takes an answer without a value for a failure; the value is right all the same.
    check(await fromServer(row), reason === 'DISABLED' ? rest : row.expect);
  });
}

test('a key that is not valid is fatal, and the default is used', async () => {
  await assert.rejects(Web.setProviderAndWait('fatal', new OFREPWebProvider({ ...options, headers: [] })), { code: 'PROVIDER_FATAL' });
  const client = Web.getClient('fatal');
  assert.equal(client.providerStatus, 'FATAL');
  assert.deepEqual([client.getBooleanDetails('boolean-flag', false).value, client.getBooleanDetails('boolean-flag', false).errorCode], [false, 'PROVIDER_FATAL']);
});

// The rows of web_rows.mjs in Chromium: modules as npm has them, a page of another origin, real preflights.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, needsChromium } from '../../browser/shop.mjs';
import { makeFlags } from './flags.mjs';
import { Recorder } from './recorder.mjs';
import { Served } from '../served.mjs';
import { rows } from './web_rows.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, '../../node_modules');
const imports = {
  '@openfeature/core': '/modules/@openfeature/core/dist/esm/index.js',
  '@openfeature/web-sdk': '/modules/@openfeature/web-sdk/dist/esm/index.js',
  '@openfeature/ofrep-core': '/modules/@openfeature/ofrep-web-provider/node_modules/@openfeature/ofrep-core/index.esm.js',
  '@openfeature/ofrep-web-provider': '/modules/@openfeature/ofrep-web-provider/index.esm.js',
};
const page = `<!doctype html><title>OpenFeature</title><script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
import { OpenFeature } from '@openfeature/web-sdk';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { run } from '/web_rows.mjs';
globalThis.runRow = (name, given) => run(name, { OpenFeature, OFREPWebProvider, ...given,
  take: () => recorderTake(), fail: (status) => recorderFail(status), drop: () => recorderDrop(), opened: (since) => recorderOpened(since),
  hold: () => recorderHold(), held: () => recorderHeld(), release: () => recorderRelease(), takeStrict: () => recorderOfStrictTake(),
  admin: (...call) => servedCall(call), exposed: () => servedExposed() });
</script>`;

function pages() {
  const server = createServer((request, response) => {
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end(page);
    const file = request.url.startsWith('/modules/') ? path.join(modules, request.url.slice(9)) : path.join(here, request.url);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader('content-type', 'text/javascript').end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

needsChromium();

let served;
let recorder;
let strict;
let recorderOfStrict;
let server;
let browser;
let tab;

before(async () => {
  server = await pages();
  const origin = `http://127.0.0.1:${server.address().port}`;
  served = await Served.open('--cors-origin', origin, '--threads', '1');
  await makeFlags(served);
  recorder = await Recorder.open(served.origin);
  strict = await Served.open('--rate-limit', '4', '--cors-origin', origin);
  await makeFlags(strict);
  recorderOfStrict = await Recorder.open(strict.origin);
  browser = await launch();
  tab = await browser.newPage();
  await tab.exposeFunction('recorderTake', () => recorder.take());
  await tab.exposeFunction('recorderFail', (status) => recorder.fail(status));
  await tab.exposeFunction('recorderDrop', () => recorder.drop());
  await tab.exposeFunction('recorderOpened', (since) => recorder.opened(since));
  await tab.exposeFunction('recorderHold', () => recorder.hold());
  await tab.exposeFunction('recorderHeld', () => recorder.held());
  await tab.exposeFunction('recorderRelease', () => recorder.release());
  await tab.exposeFunction('recorderOfStrictTake', () => recorderOfStrict.take());
  await tab.exposeFunction('servedCall', (call) => served.call(...call));
  await tab.exposeFunction('servedExposed', () => served.exposed());
  await tab.goto(origin);
  await tab.waitForFunction(() => globalThis.runRow);
});

after(async () => {
  await browser?.close();
  server.close();
  for (const opened of [recorder, recorderOfStrict, served, strict]) await opened?.close();
});

for (const name of Object.keys(rows))
  test(name, () => tab.evaluate(([row, given]) => runRow(row, given), [name, {
    base: recorder.origin, key: served.client, strict: { base: recorderOfStrict.origin, key: strict.client },
  }]));

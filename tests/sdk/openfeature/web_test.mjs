// The rows of web_rows.mjs in Node, with the few things of a browser that the provider touches.
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature } from '@openfeature/web-sdk';
import { makeFlags } from './flags.mjs';
import { Recorder } from './recorder.mjs';
import { Served } from '../served.mjs';
import { rows, run } from './web_rows.mjs';

if (typeof EventSource === 'undefined') {
  const { status } = spawnSync(process.execPath, ['--experimental-eventsource', process.argv[1]], { stdio: 'inherit' });
  process.exit(status);
}

class Storage extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, `${value}`); }
  removeItem(key) { this.delete(key); }
}

let served;
let recorder;
let world;

before(async () => {
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  globalThis.localStorage = new Storage();
  served = await Served.open();
  await makeFlags(served);
  recorder = await Recorder.open(served.origin);
  world = {
    OpenFeature, OFREPWebProvider, base: recorder.origin, key: served.client,
    take: () => recorder.take(), fail: (status) => recorder.fail(status), drop: () => recorder.drop(), opened: (since) => recorder.opened(since),
    admin: (...call) => served.call(...call), exposed: () => served.exposed(),
  };
});

after(async () => {
  await recorder.close();
  await served.close();
});

for (const name of Object.keys(rows)) test(name, () => run(name, world));

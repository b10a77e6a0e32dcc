// The rows of web_rows.mjs in Node, with the few things of a browser that the provider touches.
import { after, before, test } from 'node:test';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature } from '@openfeature/web-sdk';
import { EventSource } from 'eventsource';
import { makeFlags } from './flags.mjs';
import { Recorder } from './recorder.mjs';
import { Served } from '../served.mjs';
import { rows, run } from './web_rows.mjs';

class Storage extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, `${value}`); }
  removeItem(key) { this.delete(key); }
}

let served;
let recorder;
let strict;
let recorderOfStrict;
let world;

before(async () => {
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  globalThis.localStorage = new Storage();
  globalThis.EventSource = EventSource;
  served = await Served.open('--threads', '1');
  await makeFlags(served);
  recorder = await Recorder.open(served.origin);
  strict = await Served.open('--rate-limit', '4');
  await makeFlags(strict);
  recorderOfStrict = await Recorder.open(strict.origin);
  world = {
    OpenFeature, OFREPWebProvider, base: recorder.origin, key: served.client,
    take: () => recorder.take(), fail: (status) => recorder.fail(status), drop: () => recorder.drop(), opened: (since) => recorder.opened(since),
    hold: () => recorder.hold(), held: () => recorder.held(), release: () => recorder.release(),
    strict: { base: recorderOfStrict.origin, key: strict.client }, takeStrict: () => recorderOfStrict.take(),
    admin: (...call) => served.call(...call), exposed: () => served.exposed(),
  };
});

after(async () => {
  for (const opened of [recorder, recorderOfStrict, served, strict]) await opened.close();
});

for (const name of Object.keys(rows)) test(name, () => run(name, world));

// Plays the scenarios against the SDK behind a test service: node contract_test.mjs [COMMAND [ARGUMENT...]], or
// TOUCHSTONE_SDK_SERVICE=COMMAND. Without a command it is the SDK for JavaScript.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Stub } from './stub.mjs';

const here = new URL('./', import.meta.url);
const read = (url) => JSON.parse(readFileSync(url, 'utf8'));
const { snapshots } = read(new URL('../vectors/touchstone-1.json', here));
const named = process.env.TOUCHSTONE_SDK_SERVICE;
const own = named ? [named] : [process.execPath, fileURLToPath(new URL('services/js.mjs', here))];
const [command, ...args] = process.argv.length > 2 ? process.argv.slice(2) : own;
const patience = 20_000;

let service;
let url;
let about;

before(async () => {
  service = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  url = await new Promise((resolve, reject) => {
    let text = '';
    service.stdout.on('data', (part) => {
      text += part;
      const found = /^listening (http:\/\/127\.0\.0\.1:\d+)$/m.exec(text);
      if (found) resolve(found[1]);
    });
    service.once('exit', () => reject(new Error(`the service ended early; printed:\n${text}`)));
  });
  about = await ask('GET', '/');
});

after(async () => {
  const ended = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  await ended;
});

async function ask(method, path, body) {
  const answer = await fetch(url + path, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}

/** The members that `expected` names; of objects and lists in it, too. */
function includes(actual, expected, what) {
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(actual[name], value, `${what}: ${name}`);
}

/** What a step asks of a client. */
const asks = {
  evaluate: (path, body) => ask('POST', `${path}/evaluate`, body),
  expose: (path, body) => ask('POST', `${path}/expose`, body),
  track: (path, body) => ask('POST', `${path}/track`, body),
  link: (path, body) => ask('POST', `${path}/link`, body),
  flush: (path, body) => ask('POST', `${path}/flush`, body),
  status: (path) => ask('GET', path),
  close: (path, body) => ask('DELETE', path, body),
};

/** What a step tells the server. */
const tells = {
  publish: (stub, members) => stub.publish(members),
  answer: (stub, { route, with: list, times = 1 }) => stub.answer(route, Array(times).fill(list).flat()),
  down: (stub) => stub.down(),
  up: (stub) => stub.up(),
  cut_streams: (stub) => stub.cutStreams(),
  byte_by_byte: (stub, on) => { stub.byteByByte = on; },
};

async function until(hold) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await hold();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 5));
    }
  }
}

class Play {
  clients = new Map();
  last = '';

  constructor(stub) { this.stub = stub; }

  async step(step) {
    if (step.until) return until(() => this.once(step));
    for (let n = step.times ?? 1; n > 0; --n) await this.once(step);
  }

  async once(step) {
    if (step.seen) return this.stub.check(step.seen);
    if (step.server) {
      for (const [what, value] of Object.entries(step.server)) await tells[what](this.stub, value);
      return;
    }
    const what = step.client ? 'client' : Object.keys(asks).find((name) => name in step);
    assert.ok(what, `no such step: ${JSON.stringify(step)}`);
    const answer = step.client ? await this.open(step) : await asks[what](this.path(step), step[what]);
    if (what === 'close') this.clients.delete(step.as ?? this.last);
    includes(answer, step.expect ?? {}, JSON.stringify(step));
  }

  async open({ client, as = 'client' }) {
    const snapshot = typeof client.snapshot === 'string' ? snapshots[client.snapshot] : client.snapshot;
    const key = `ts_${client.mode === 'remote' ? 'client' : 'sdk'}_contract`;
    const made = await ask('POST', '/clients', { url: this.stub.url, key, ...client, ...(snapshot && { snapshot }) });
    this.last = as;
    this.clients.set(as, made.client);
    return made;
  }

  path({ as = this.last }) { return `/clients/${this.clients.get(as)}`; }

  async close() {
    for (const id of this.clients.values()) await ask('DELETE', `/clients/${id}`, { timeout_ms: 0 });
    await this.stub.down();
  }
}

function skipped({ name, needs = [] }) {
  const reason = about.suppressed?.[name];
  const lacks = needs.filter((need) => !about.capabilities.includes(need));
  return reason ?? (lacks.length ? `without ${lacks.join(', ')}` : undefined);
}

for (const file of readdirSync(new URL('scenarios/', here)).sort())
  describe(file, () => {
    for (const scenario of read(new URL(`scenarios/${file}`, here)))
      test(scenario.name, async (t) => {
        const reason = skipped(scenario);
        if (reason) return t.skip(reason);
        const start = scenario.snapshot ?? 'shop';
        const stub = await Stub.open(typeof start === 'string' ? snapshots[start] : start);
        const play = new Play(stub);
        t.after(() => play.close());
        for (const step of scenario.steps) await play.step(step);
        assert.deepEqual(stub.problems, []);
      });
  });

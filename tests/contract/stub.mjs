// A server that speaks as Touchstone does, on loopback, and goes wrong when it is told to.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { decide } from '../../sdk/js/dist/node.js';

const validName = /^[$A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** What a stored event counts as. */
const countedAs = (event) =>
  event.type === 'exposure' ? `exposure:${event.experiment}:${event.variant}` : event.type === 'event' ? event.name : event.type;

export class Stub {
  requests = [];
  stored = new Map();
  repeats = 0;
  problems = [];
  streams = new Set();
  opened = 0;
  byteByByte = false;
  #answers = new Map();
  #port = 0;

  static async open(snapshot) {
    const stub = new Stub();
    stub.snapshot = snapshot;
    await stub.up();
    return stub;
  }

  get url() { return `http://127.0.0.1:${this.#port}`; }

  /** On the same port as before. */
  async up() {
    this.server = createServer((request, response) => void this.#take(request, response));
    this.server.keepAliveTimeout = 60_000;
    await new Promise((listening) => this.server.listen(this.#port, '127.0.0.1', listening));
    this.#port = this.server.address().port;
  }

  async down() {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  /** What the next requests of a route get instead. */
  answer(route, list) { this.#answers.set(route, [...(this.#answers.get(route) ?? []), ...list]); }

  publish(members) {
    this.snapshot = { ...this.snapshot, config_version: this.snapshot.config_version + 1, ...members };
    for (const stream of this.streams) this.#tell(stream);
  }

  cutStreams() { for (const stream of this.streams) stream.destroy(); }

  async #take(request, response) {
    const { pathname } = new URL(request.url, this.url);
    const at = performance.now();
    let body = '';
    for await (const part of request) body += part;
    this.requests.push({ route: pathname, at, headers: request.headers });
    if (!/^Bearer ts_(sdk|client)_contract$/.test(request.headers.authorization ?? ''))
      this.problems.push(`${pathname}: authorization ${request.headers.authorization}`);
    const instead = this.#answers.get(pathname)?.shift();
    if (instead?.delay_ms) await new Promise((done) => setTimeout(done, instead.delay_ms));
    if (instead?.cut) return response.destroy();
    if (instead?.status) return response.writeHead(instead.status, instead.headers).end(instead.body ?? '');
    const done = this[pathname]?.(request, response, body);
    if (done === undefined) return response.writeHead(404).end();
    if (instead?.then_cut) return response.destroy();
    if (done) response.writeHead(done.status ?? 200, { 'content-type': 'application/json', ...done.headers }).end(done.text);
  }

  '/v1/snapshot'(request) {
    const etag = `"${this.snapshot.config_version}"`;
    if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    return { headers: { etag }, text: JSON.stringify(this.snapshot) };
  }

  '/v1/evaluate'(request, response, body) {
    const { units, attributes = {} } = JSON.parse(body);
    const context = { units: Object.fromEntries(units.map(({ type, id }) => [type, id])), attributes };
    const evaluations = Object.keys(this.snapshot.flags).map((flag) => {
      const { value = null, variant = null, experiment = null, reason, cause, problem, exposure } = decide(this.snapshot, flag, context);
      return { flag, value, variant, experiment, reason, cause, ...(problem && { error: problem }),
        ...(exposure && { exposes: { unit: exposure.unit, by: exposure.by } }) };
    });
    return { text: JSON.stringify({ config_version: this.snapshot.config_version, evaluations }) };
  }

  '/v1/events'(request, response, body) {
    const { sent_at, events } = JSON.parse(body);
    this.skew = Date.parse(sent_at) - Date.now();
    const items = events.map((event) => ({ verdict: this.#store(event) }));
    return { text: JSON.stringify({ items }) };
  }

  #store(event) {
    if (event.type === 'event' && !validName.test(event.name)) return 'refused';
    const identity = `${event.id} ${event.ts?.slice(0, 10)}`;
    const text = JSON.stringify(event);
    const known = this.stored.get(identity);
    if (!known) return this.stored.set(identity, text), 'stored';
    if (known !== text) this.problems.push(`another event under the same identity: ${known} and ${text}`);
    this.repeats += 1;
    return 'duplicate';
  }

  '/v1/stream'(request, response) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    this.opened += 1;
    this.lastEventId = request.headers['last-event-id'] ?? null;
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    if (this.lastEventId === `${this.snapshot.config_version}`) response.write(': here\n\n');
    else this.#tell(response);
    return null;
  }

  #tell(stream) {
    const version = this.snapshot.config_version;
    const text = `id: ${version}\nevent: config\ndata: {"config_version":${version}}\n\n`;
    for (const part of this.byteByByte ? text : [text]) stream.write(part);
  }

  counts() {
    const counts = {};
    for (const text of this.stored.values()) {
      const name = countedAs(JSON.parse(text));
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  /** Fails where what was seen is not what `expected` says. */
  check(expected) {
    const of = (route) => this.requests.filter((request) => request.route === route);
    const within = (value, { least = -Infinity, most = Infinity }, what) =>
      assert.ok(value >= least && value <= most, `${what}: ${value}, not between ${least} and ${most}`);
    const checks = {
      stored: (counts) => assert.deepEqual(this.counts(), counts, 'stored'),
      requests: ({ route, ...range }) => within(of(route).length, range, `requests of ${route}`),
      gaps: ({ route, least_ms }) => of(route).slice(1).forEach((request, n) =>
        within(request.at - of(route)[n].at, { least: least_ms }, `gap before request ${n + 2} of ${route}`)),
      streams: (range) => within(this.opened, range, 'streams'),
      last_event_id: (id) => assert.equal(this.lastEventId, id, 'last-event-id'),
      skew_ms: (range) => within(this.skew, range, 'sent_at against the clock'),
      repeats: (range) => within(this.repeats, range, 'repeats'),
    };
    for (const [name, value] of Object.entries(expected)) checks[name](value);
  }
}

// Stands between an SDK and Touchstone, hands everything on as it is, and remembers what was asked and answered.
import { createServer, request as ask } from 'node:http';

export class Recorder {
  static async open(target) {
    const recorder = new Recorder();
    recorder.seen = [];
    recorder.streams = [];
    recorder.server = createServer((incoming, outgoing) => recorder.hand(target, incoming, outgoing));
    await new Promise((resolve) => recorder.server.listen(0, '127.0.0.1', resolve));
    recorder.origin = `http://127.0.0.1:${recorder.server.address().port}`;
    return recorder;
  }

  hand(target, incoming, outgoing) {
    const entry = { method: incoming.method, url: incoming.url, headers: incoming.headers, body: '' };
    const answered = (status) => {
      entry.status = status;
      entry.at = Date.now();
      (entry.method === 'GET' ? this.streams : this.seen).push(entry);
    };
    if (this.instead && incoming.method === 'POST') {
      answered(this.instead);
      return void outgoing.writeHead(this.instead, { 'access-control-allow-origin': '*' }).end();
    }
    const onward = ask(target + incoming.url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      answered(answer.statusCode);
      entry.answered = answer.headers;
      outgoing.writeHead(answer.statusCode, answer.headers);
      outgoing.flushHeaders();
      entry.method === 'GET' ? this.carry(answer, outgoing) : answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => {
      entry.closed = true;
      onward.destroy();
    });
    incoming.on('data', (part) => (entry.body += part));
    incoming.pipe(onward);
  }

  /** A stream, as it comes or, while streams are held, not at all. */
  carry(answer, outgoing) {
    answer.on('data', (part) => (this.parts ? this.parts.push([outgoing, part]) : outgoing.write(part)));
    answer.on('end', () => outgoing.end());
  }

  /** Keeps what streams tell, as a network does that has stopped for a moment. */
  hold() {
    this.parts = [];
  }

  /** How many changes are kept. */
  held() {
    return this.parts.map(([, part]) => `${part}`).join('').split('refetchEvaluation').length - 1;
  }

  /** Hands on what was kept, all at once. */
  release() {
    for (const [outgoing, part] of this.parts) outgoing.write(part);
    this.parts = undefined;
  }

  /** Answers every POST with this status, as a server in trouble does; 0: no more. */
  fail(status) {
    this.instead = status;
  }

  /** The evaluations that were answered since the last look. */
  take() {
    return this.seen.splice(0).filter((entry) => entry.method === 'POST');
  }

  /** The streams that were opened since the last look at `since`. */
  opened(since = 0) {
    return this.streams.slice(since);
  }

  /** Ends every connection, as a network does. */
  drop() {
    this.server.closeAllConnections();
  }

  async close() {
    this.drop();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

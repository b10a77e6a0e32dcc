// The built program, served for the length of a test.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = process.env.TOUCHSTONE_PROGRAM;

/** What the pattern's group finds in what a process prints. */
export function printed(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (part) => {
      text += part;
      const found = pattern.exec(text);
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`ended early; printed:\n${text}`)));
  });
}

export class Served {
  static open(...options) {
    return Served.over(mkdtempSync(path.join(tmpdir(), 'touchstone-sdk-')), ...options);
  }

  /** A data directory in which something may lie already. The end of the program is its end too. */
  static async over(data, ...options) {
    const served = new Served();
    served.data = data;
    served.admin = served.key('admin');
    served.client = served.key('client');
    served.options = options;
    await served.start('127.0.0.1:0');
    return served;
  }

  async start(listen = new URL(this.origin).host) {
    this.process = spawn(program, ['serve', '--data', this.data, '--listen', listen, ...this.options]);
    this.origin = await printed(this.process, /serves (http\S+)/);
  }

  async end(signal) {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    await ended;
  }

  /** A new key of a kind. */
  key(kind) {
    const said = execFileSync(program, ['keys', 'create', '--data', this.data, '--kind', kind], { encoding: 'utf8' });
    return said.split('\n')[0];
  }

  /** What is answered: a document, else its text; an error where the server refuses. */
  async call(method, target, body, key = this.admin) {
    const answer = await fetch(this.origin + target, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw Object.assign(new Error(`${method} ${target} answered ${answer.status}: ${text}`), { status: answer.status });
    return /^[[{]/.test(text) ? JSON.parse(text) : text;
  }

  /** Exposures that single evaluations have queued so far. */
  async exposed() {
    return Number(/touchstone_exposures_total\{outcome="queued"\} (\d+)/.exec(await this.call('GET', '/metrics'))[1]);
  }

  async close() {
    await this.end('SIGTERM');
    rmSync(this.data, { recursive: true, force: true });
  }
}

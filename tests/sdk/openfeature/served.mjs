// A Touchstone of its own for the length of a test.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = process.env.TOUCHSTONE_PROGRAM;

function printed(child, pattern) {
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
  static async open(options = []) {
    const served = new Served();
    served.data = mkdtempSync(path.join(tmpdir(), 'touchstone-openfeature-'));
    served.admin = served.newKey('admin');
    served.process = spawn(program, ['serve', '--data', served.data, '--listen', '127.0.0.1:0', ...options]);
    served.origin = await printed(served.process, /serves (http\S+)/);
    served.client = (await served.call('POST', '/v1/keys', { kind: 'client' })).key;
    return served;
  }

  newKey(kind) {
    const said = execFileSync(program, ['keys', 'create', '--data', this.data, '--kind', kind], { encoding: 'utf8' });
    return said.split('\n')[0];
  }

  /** A request of the administrator; rejects what is refused. */
  async call(method, target, body) {
    const answer = await fetch(this.origin + target, {
      method,
      headers: { authorization: `Bearer ${this.admin}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${target} ${answer.status}: ${text}`);
    return text.startsWith('{') ? JSON.parse(text) : text;
  }

  /** Exposures that single evaluations have queued so far. */
  async exposed() {
    return Number(/touchstone_exposures_total\{outcome="queued"\} (\d+)/.exec(await this.call('GET', '/metrics'))[1]);
  }

  async close() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }
}

// The demo's shop, served for the length of a test, and a browser that is signed in to it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const program = process.env.TOUCHSTONE_PROGRAM;

export function chromiumPath() {
  const named = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return named.find((candidate) => candidate && existsSync(candidate));
}

/** Resolves with the match once the child has printed the pattern, or rejects with all it printed. */
function printed(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (part) => {
      text += part;
      const found = pattern.exec(text);
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`ended early; printed:\n${text}`)));
  });
}

export class Shop {
  static async open(customers) {
    const shop = new Shop();
    shop.data = mkdtempSync(path.join(tmpdir(), 'touchstone-browser-'));
    shop.process = spawn(program, ['demo', '--data', shop.data, '--listen', '127.0.0.1:0', '--customers', `${customers}`]);
    shop.origin = (await printed(shop.process, /serves (http:\/\/127\.0\.0\.1:\d+)/))[1];
    return shop;
  }

  /** A one-time link that signs a browser in. */
  async link() {
    const child = spawn(program, ['link', '--data', this.data, '--address', this.origin]);
    return (await printed(child, /(http\S+)\n/))[1];
  }

  async close() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }
}

export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
}

/** The cookies of a browser that has used a one-time link, for further contexts. */
export async function signIn(browser, link) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button').click();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

// The demo's shop, served for the length of a test, and a browser that is signed in to it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { printed } from '../sdk/served.mjs';

const program = process.env.TOUCHSTONE_PROGRAM;

function chromiumPath() {
  const named = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return named.find((candidate) => candidate && existsSync(candidate));
}

/** Ends the test as skipped where no browser is. */
export function needsChromium() {
  if (chromiumPath()) return;
  console.log('skipped: no Chromium (Debian: apt install chromium)');
  process.exit(77);
}

export class Shop {
  static async open(customers) {
    const shop = new Shop();
    shop.data = mkdtempSync(path.join(tmpdir(), 'touchstone-browser-'));
    shop.process = spawn(program, ['demo', '--data', shop.data, '--listen', '127.0.0.1:0', '--customers', `${customers}`]);
    shop.origin = await printed(shop.process, /serves (http:\/\/[\d.:]+)/);
    return shop;
  }

  /** A directory of one's own, which nobody has set up yet: `setup` is the link that it prints. */
  static async serve() {
    const shop = new Shop();
    shop.data = mkdtempSync(path.join(tmpdir(), 'touchstone-browser-'));
    shop.process = spawn(program, ['serve', '--data', shop.data, '--listen', '127.0.0.1:0']);
    shop.setup = await printed(shop.process, /(http\S+setup\S+)\n/);
    shop.origin = new URL(shop.setup).origin;
    return shop;
  }

  /** A one-time link that signs a browser in. */
  link = () => linkTo(this);

  /** An administrator's key. */
  key = () => this.ask(['keys', 'create', '--kind', 'admin'], /(ts_admin_\S+)\n/);

  /** What a command of the operator prints. */
  ask = (command, pattern) => printed(spawn(program, [...command, '--data', this.data]), pattern);

  async close() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** A one-time link that signs a browser in to whoever serves this directory there. */
export function linkTo({ data, origin }) {
  return printed(spawn(program, ['link', '--data', data, '--address', origin]), /(http\S+)\n/);
}

export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
}

/** The cookies of a browser whose user became the first administrator by a link, for further contexts. */
export async function setUp(browser, link) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Name', { exact: true }).fill('The first');
  await page.getByLabel('E-mail', { exact: true }).fill('first@example.com');
  await page.getByLabel('Password', { exact: true }).fill('nobody guesses this');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.waitForURL(`${new URL(link).origin}/`);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
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

// A signed-in browser at the console of a demo's shop, and what holds for every page of it.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { axeFinds, doesNotScrollSideways, inEveryForm, loadAxe } from './forms.mjs';
import { launch, needsChromium, Shop } from './shop.mjs';

const shots = path.join(path.dirname(process.env.TOUCHSTONE_PROGRAM), 'console-shots');
const widths = [320, 375, 768, 1280];
const zoomed = 640; // a window of 1280 px at 200 %

export class Desk {
  asked = [];
  complaints = [];

  /** A browser that nobody is signed in to. */
  static async before(open) {
    needsChromium();
    const desk = new Desk();
    mkdirSync(shots, { recursive: true });
    desk.shop = await open();
    desk.browser = await launch();
    await desk.takeOver();
    return desk;
  }

  /** Somebody else's browser, from now on. */
  async takeOver() {
    this.context = await this.browser.newContext({ viewport: { width: 1280, height: 900 } });
    await this.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.shop.origin });
    this.page = await this.context.newPage();
    this.page.on('request', (request) => this.asked.push(request.url()));
    this.page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    this.page.on('dialog', (dialog) => { this.complaints.push(dialog.message()); void dialog.dismiss(); });
  }

  static async open(customers = 300) {
    const desk = await Desk.before(() => Shop.open(customers));
    await desk.page.goto(await desk.shop.link());
    await desk.page.getByRole('button').click();
    await desk.page.waitForURL(`${desk.shop.origin}/`);
    desk.adminKey = await desk.shop.key();
    await desk.hasConsole();
    return desk;
  }

  /** Ends the test as skipped where there is none. */
  async hasConsole() {
    await this.goto('/console');
    if (!(await this.page.content()).includes('without its console')) return;
    console.log('skipped: the program was built without npm');
    await this.close();
    process.exit(77);
  }

  async close() {
    await this.browser?.close();
    await this.shop?.close();
  }

  goto = (target) => this.page.goto(this.shop.origin + target);

  /** The API, by a key of its own. */
  admin = async (method, target, body) => {
    const answer = await fetch(this.shop.origin + target, {
      method, headers: { Authorization: `Bearer ${this.adminKey}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, content: answer.status === 204 ? undefined : await answer.json() };
  };

  /** Must be answered so. */
  make = async (target, body, status = 201) => {
    const answer = await this.admin('POST', target, body);
    assert.equal(answer.status, status, JSON.stringify(answer.content));
    return answer.content;
  };

  visible = (text, within = this.page) => within.getByText(text).first().waitFor();

  /** In every form: no fault of axe's, nothing beside the window, nothing too small for a finger or an eye. */
  async looksRight(name) {
    const { page } = this;
    await loadAxe(page);
    await inEveryForm(page, async (form, scheme, width) => {
      assert.deepEqual(await axeFinds(page, scheme), [], form);
      await doesNotScrollSideways(page, form);
      if (width <= 375) assert.deepEqual(await tooSmall(page), [], form);
      assert.deepEqual(await smallPrint(page), [], form);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.screenshot({ path: path.join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
    }, widths);
    await page.setViewportSize({ width: zoomed, height: 450 });
    await doesNotScrollSideways(page, `${name} at 200 %`);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  }

  /** Tab goes through all that can be used, in the order in which it is read. */
  async hasTabOrder() {
    const { page } = this;
    await page.evaluate(() => {
      document.body.tabIndex = -1; // from the top, wherever the cursor was
      document.body.focus();
      document.body.removeAttribute('tabindex');
    });
    const order = [];
    for (let i = 0; i < 400; i++) {
      await page.keyboard.press('Tab');
      const place = await page.evaluate(() => [...document.querySelectorAll('*')].indexOf(document.activeElement));
      if (order.includes(place) || (await page.evaluate(() => document.activeElement === document.body))) break;
      order.push(place);
    }
    assert.ok(order.length > 3, 'something can be reached');
    assert.deepEqual(order, [...order].sort((a, b) => a - b), 'in reading order');
    const missed = await page.evaluate((reached) => {
      const all = [...document.querySelectorAll('*')];
      return all.filter((one, place) => one.matches('a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary') && one.checkVisibility() && !reached.includes(place))
        .map((one) => one.outerHTML.slice(0, 80));
    }, order);
    assert.deepEqual(missed, [], 'all that can be used is reached');
  }

  /** Scripts asked this origin alone, nothing broke the page's policy, and no dialog opened. */
  keptToItsPolicy() {
    for (const url of this.asked) assert.ok(url.startsWith(`${this.shop.origin}/`), url);
    assert.deepEqual(this.complaints.filter((text) => !/status of 4\d\d|net::ERR_FAILED/.test(text)), []);
  }
}

/** Controls that are smaller than a finger; links within sentences are lines of text. */
const tooSmall = (page) => page.evaluate(() =>
  [...document.querySelectorAll('button, select, textarea, summary, label.tick, nav a, .toggle a, .signs a, ul.tabs a, ul.items a, a.deed, input:not([type=checkbox])')]
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
    .map(({ one, box }) => `${one.outerHTML.slice(0, 80)} is ${box.width} x ${box.height}`));

/** Text below 12 px, in drawings as they are scaled. */
const smallPrint = (page) => page.evaluate(() =>
  [...document.querySelectorAll('main *')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()) && one.checkVisibility())
    .map((one) => ({ one, size: parseFloat(getComputedStyle(one).fontSize) * (one.getScreenCTM?.().d ?? 1) }))
    .filter(({ size }) => size < 11.99).map(({ one, size }) => `${one.outerHTML.slice(0, 80)} has ${size} px`));

// A signed-in browser at the console of a demo's shop, and what holds for every page of it.
import assert from 'node:assert/strict';
import { hasTabOrder, looksRight } from './forms.mjs';
import { launch, needsChromium, Shop } from './shop.mjs';

export class Desk {
  asked = [];
  complaints = [];

  /** A browser that nobody is signed in to. */
  static async before(open) {
    needsChromium();
    const desk = new Desk();
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

  looksRight = (name) => looksRight(this.page, name);
  hasTabOrder = () => hasTabOrder(this.page);

  /** Scripts asked this origin alone, nothing broke the page's policy, and no dialog opened. */
  keptToItsPolicy() {
    for (const url of this.asked) assert.ok(url.startsWith(`${this.shop.origin}/`), url);
    assert.deepEqual(this.complaints.filter((text) => !/status of 4\d\d|net::ERR_FAILED/.test(text)), []);
  }
}

// Every page in a real browser: phone and desk, light and dark, with scripts and without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeFinds, doesNotScrollSideways, inEveryForm, loadAxe, sheetsOf } from './forms.mjs';
import { launch, needsChromium, Shop, signIn } from './shop.mjs';

needsChromium();

let shop;
let browser;
let cookies;
let pages;

before(async () => {
  shop = await Shop.open(3000);
  browser = await launch();
  cookies = await signIn(browser, await shop.link());
  pages = await allPages();
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

/** Opens a page in a context of its own; `check` gets it with what it asked for and what it complained of. */
async function visit({ target, signedIn = true }, check, options = {}) {
  const context = await browser.newContext(options);
  if (signedIn) await context.addCookies(cookies);
  const page = await context.newPage();
  const asked = [];
  const complaints = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(shop.origin + target);
  await check(page, { asked, complaints });
  await context.close();
}

/** The list and a report of each verdict on it; the truth behind one; what meets who is lost or not signed in; and the
 * contract. */
async function allPages() {
  const byVerdict = new Map();
  await visit({ target: '/' }, async (page) => {
    const listed = await page.locator('ul.list a').evaluateAll((links) =>
      links.map((link) => [link.querySelector('.headline').textContent, link.getAttribute('href')]));
    listed.forEach(([verdict, target]) => byVerdict.set(verdict, target));
  });
  const targets = [...byVerdict.values()];
  assert.ok(targets.length >= 3, `the list has different verdicts: ${[...byVerdict.keys()]}`);
  const reports = [...targets, `${targets[0]}?truth`].map((target) => ({ target, report: true }));
  const lost = ['/experiments/nothing', '/setup?token=used', '/join?token=used', '/sign-in?next=/console'].map((target) => ({ target }));
  return [{ target: '/' }, ...reports, ...lost, { target: '/', signedIn: false }, { target: '/docs' }];
}

const reports = () => pages.filter((page) => page.report);

test('axe finds nothing', async () => {
  for (const each of pages)
    await visit(each, async (page) => {
      await page.locator('details').evaluateAll((all) => all.forEach((one) => (one.open = true)));
      await loadAxe(page);
      await inEveryForm(page, async (name, scheme) => assert.deepEqual(await axeFinds(page, scheme), [], name));
    });
});

test('nothing scrolls sideways, and no text of a drawing is small or cut', async () => {
  for (const each of pages)
    await visit(each, (page) => inEveryForm(page, async (name) => {
      await doesNotScrollSideways(page, name);
      const bad = await page.locator('svg text').evaluateAll((texts) =>
        texts.filter((text) => {
          const box = text.getBoundingClientRect();
          const small = parseFloat(getComputedStyle(text).fontSize) < 12;
          return box.width > 0 && (small || box.left < 0 || box.right > document.documentElement.clientWidth);
        }).map((text) => text.textContent));
      assert.deepEqual(bad, [], name);
    }));
});

test('a page asks its own origin alone, and keeps its own policy', async () => {
  for (const each of pages)
    await visit(each, async (page, { asked, complaints }) => {
      assert.ok(asked.length > 0);
      for (const url of asked) assert.ok(url.startsWith(`${shop.origin}/`), `${each.target} asked for ${url}`);
      assert.deepEqual(complaints.filter((text) => text.includes('Content Security Policy')), [], each.target);
    });
});

test('everything is there without scripts', async () => {
  for (const each of reports())
    await visit(each, async (page) => {
      await page.locator('#verdict h2').waitFor();
      assert.ok((await page.locator('#changes tbody tr').count()) > 1, `${each.target} shows what changed`);
      const scripts = await page.locator('script').evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute('src')]));
      for (const [text, from] of scripts) assert.ok(text === '' && from.startsWith('/assets/report-'), `${each.target} holds a script of its own alone`);
    }, { javaScriptEnabled: false });
});

test('a printed report takes two pages at most', async () => {
  for (const each of reports())
    await visit(each, async (page) => {
      for (const format of ['A4', 'Letter']) {
        const count = await sheetsOf(page, format);
        assert.ok(count <= 2, `${each.target} prints on ${count} sheets of ${format}`);
      }
    });
});

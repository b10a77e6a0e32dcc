// The first administrator, somebody who is invited, and what a role is offered.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Desk } from './console.mjs';
import { Shop } from './shop.mjs';

const password = 'correct horse battery';
let desk;
let adas;
let invitation;

const byLabel = (label) => desk.page.getByLabel(label, { exact: true });
const button = (name) => desk.page.getByRole('button', { name, exact: true });

/** Types as somebody does who has no mouse: into the first field, then from one to the next, and Enter. */
async function typeAll(first, ...texts) {
  await byLabel(first).focus();
  for (const [index, text] of texts.entries()) {
    if (index > 0) await desk.page.keyboard.press('Tab');
    await desk.page.keyboard.type(text);
  }
  await desk.page.keyboard.press('Enter');
}

const at = (target) => desk.page.waitForURL(desk.shop.origin + target);

before(async () => {
  desk = await Desk.before(() => Shop.serve());
});

after(() => desk?.close());

test('the setup link makes the first administrator, by keyboard alone', async () => {
  await desk.page.goto(desk.shop.origin);
  await desk.visible('Nobody can sign in yet');
  await desk.page.goto(desk.shop.setup);
  await desk.looksRight('setup');
  assert.equal(await byLabel('Password').getAttribute('autocomplete'), 'new-password');
  assert.equal(await byLabel('E-mail').getAttribute('autocomplete'), 'username');
  await typeAll('Name', 'Ada Lovelace', 'ada@example.com', 'too short');
  await desk.page.getByRole('alert').getByText('Shorter than 12 characters').waitFor();
  assert.equal(await byLabel('E-mail').inputValue(), 'ada@example.com', 'what was typed stays');
  await desk.looksRight('setup-wrong');
  await byLabel('Password').fill(password);
  await button('Begin').click();
  await at('/');
  await desk.hasConsole();
});

test('who invites sends a link, which no mail server is needed for', async () => {
  await desk.goto('/console/people');
  await desk.visible('ada@example.com');
  await byLabel('E-mail').fill('grace@example.com');
  await button('Make an invitation').click();
  invitation = await desk.page.locator('#one-time-link').textContent();
  assert.match(invitation, /\/join\?token=[\w-]{43}$/);
  await desk.visible('invited, has no password yet');
  await desk.looksRight('people');
  await desk.hasTabOrder();
  await button('I have sent it').click();
  assert.ok(!(await desk.page.content()).includes(invitation));
});

test('who is invited joins as a viewer and is offered what a viewer may', async () => {
  adas = { context: desk.context, page: desk.page };
  await desk.takeOver();
  await desk.page.goto(invitation);
  await desk.looksRight('join');
  await typeAll('Name', 'Grace Hopper', password);
  await at('/');
  await desk.goto('/console');
  await desk.visible('No experiments yet.');
  assert.equal(await desk.page.getByRole('link', { name: /New experiment|Describe/ }).count(), 0);
  for (const name of ['Keys', 'People']) assert.equal(await desk.page.getByRole('link', { name, exact: true }).count(), 0, name);
  await desk.goto('/console/new');
  await desk.visible('Describing one takes the role editor; yours is viewer.');
  await desk.looksRight('viewer-new');
  await desk.goto('/console/people');
  await desk.visible('Inviting and changing people takes the role admin; yours is viewer.');
  await desk.goto('/console/events');
  await desk.visible('Looking at events takes the role analyst; yours is viewer.');
  const refused = await desk.page.evaluate(() => fetch('/v1/metrics', {
    method: 'POST', headers: { 'X-API-Key': 'session', 'Content-Type': 'application/json' }, body: '{"key":"m","kind":"proportion","event":"e"}' })
    .then(async (answer) => [answer.status, (await answer.json()).detail]));
  assert.deepEqual(refused, [403, 'this needs the role editor; yours is viewer']);
});

test('made an editor, they can at once', async () => {
  await adas.page.reload();
  await adas.page.getByLabel('Role of Grace Hopper').selectOption('editor');
  await adas.page.waitForResponse((answer) => answer.url().endsWith('/v1/people') && answer.ok());
  await desk.goto('/console/new');
  await desk.page.getByRole('heading', { name: 'New experiment' }).waitFor();
  await desk.page.locator('#name').fill('Bigger button');
  await desk.page.locator('#variant-1').fill('bigger');
  await button('Save as draft').click();
  await desk.page.getByRole('status').getByText('Saved.', { exact: true }).waitFor();
  await desk.goto('/console/changes');
  await desk.visible('Grace Hopper <grace@example.com>');
});

test('one changes one\'s password and signs out', async () => {
  await desk.goto('/console/account');
  await byLabel('Present password').fill('not the one of now');
  await byLabel('New password').fill('staple battery horse');
  await button('Change it').click();
  await desk.visible('this is not your password');
  await byLabel('Present password').fill(password);
  await button('Change it').click();
  await desk.visible('Changed.');
  await desk.looksRight('account');
  await desk.hasTabOrder();
  await desk.page.getByRole('navigation').getByRole('button', { name: 'Sign out' }).click();
  await at('/sign-in');
  await desk.goto('/console/flags');
  await desk.looksRight('sign-in');
  await typeAll('E-mail', 'grace@example.com', password);
  await desk.page.getByRole('alert').getByText('do not belong together').waitFor();
  await typeAll('Password', 'staple battery horse');
  await at('/console/flags');
  desk.keptToItsPolicy();
});

test('a page of another origin can do nothing with the cookie', async () => {
  const cookie = (await desk.context.cookies()).find(({ name }) => name === 'touchstone_session');
  assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, 'Lax']);
  const evil = await desk.context.newPage();
  await evil.route('http://evil.example/**', (route) => route.fulfill({ contentType: 'text/html', body: `
    <form method="post" enctype="text/plain" action="${desk.shop.origin}/v1/metrics"><input name='{"key":"stolen","kind":"proportion","event":"e","name":"' value='"}'><button>Go</button></form>` }));
  await evil.goto('http://evil.example/');
  const tried = await evil.evaluate(async (origin) => {
    const send = (headers) => fetch(`${origin}/v1/metrics`, { method: 'POST', credentials: 'include', mode: 'cors', headers, body: '{"key":"stolen","kind":"proportion","event":"e"}' })
      .then(() => 'read', () => 'blocked');
    return [await send({ 'X-API-Key': 'session', 'Content-Type': 'application/json' }), await send({ 'Content-Type': 'text/plain' })];
  }, desk.shop.origin);
  assert.deepEqual(tried, ['blocked', 'blocked']);
  const [answer] = await Promise.all([evil.waitForResponse((one) => one.url().endsWith('/v1/metrics')), evil.getByRole('button').click()]);
  assert.equal(answer.status(), 401);
  await desk.goto('/console/metrics');
  await desk.visible('0 metrics');
});

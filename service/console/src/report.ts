// The report's page while data arrive. The service draws all of it; this says how old it is, and takes over what is
// drawn anew. Without it the page is the same, as of when it was loaded.
import { freshWords, linkWords, stageWords, type Link, type Stage } from './live_words';
import type { LiveState } from './api/client';
import { listen } from './stream';
import { tellTimesIn } from './words';

const spacing = 5_000; // between two drawings
const polling = 15_000; // where there is no stream

const experiment = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');
tellTimesIn(document.querySelector('script[data-time-zone]')?.getAttribute('data-time-zone') ?? 'UTC');

const [line, status, hold] = [document.createElement('p'), document.createElement('p'), document.createElement('button')];
let state: LiveState | undefined;
let came = 0;
let stage: Stage | undefined;
let link: Link = 'waiting';
let drawn = 0; // when the page was last taken over
let waiting: ReturnType<typeof setTimeout> | undefined;
let polls: ReturnType<typeof setInterval> | undefined;
let leave: (() => void) | undefined;

const isHeld = (): boolean => hold.getAttribute('aria-pressed') === 'true';

function say(): void {
  const words = [
    link === 'live' ? '' : linkWords(link),
    state ? `${isHeld() ? 'Held: ' : ''}${freshWords(state, (Date.now() - came) / 1000)}` : '',
    stage ? `${stageWords(stage)}…` : '',
  ];
  line.textContent = words.filter(Boolean).join(' ');
  line.className = link === 'broken' ? 'age warn' : 'age';
}

/** Whether the page shows the results that were told of. */
const isShown = (): boolean => state === undefined || (document.querySelector('footer')?.textContent ?? '').includes(state.results);

/** All but the heading, in order. */
const partsOf = (page: Document): Element[] => [...page.querySelectorAll('main > :not(header, script)')];
const namesOf = (parts: Element[]): string => parts.map(({ id, tagName }) => id || tagName).join();

/** Where the keyboard is, as far as it has to be kept there: a choice is found again by its name. */
const inside = (old: Element): Element | null => (old.contains(document.activeElement) ? document.activeElement : null);
const isChoice = (element: Element | null): boolean => element?.matches('input[type=radio]') ?? false;

/** What was chosen in a part stays chosen in what comes in its place. */
function keepChoices(old: Element, part: Element): void {
  for (const { id } of old.querySelectorAll<HTMLInputElement>('input[type=radio]:checked')) {
    const same = part.querySelector<HTMLInputElement>(`[id="${id}"]`);
    if (same) same.checked = true;
  }
}

/** What was opened stays open, what was chosen chosen, and a part that the cursor is in stays as it is. */
function replace(old: Element, part: Element): void {
  const cursor = inside(old);
  if (cursor && !isChoice(cursor)) return;
  keepChoices(old, part);
  const open = [...old.querySelectorAll('details')].map((details) => details.open);
  part.querySelectorAll('details').forEach((details, index) => { details.open = open[index] ?? false; });
  if (old.outerHTML === part.outerHTML) return;
  old.replaceWith(document.importNode(part, true));
  if (cursor) document.getElementById(cursor.id)?.focus({ preventScroll: true });
}

function take(page: Document): void {
  const headline = document.querySelector('#verdict h2')?.textContent;
  const [old, drawn] = [partsOf(document), partsOf(page)];
  if (namesOf(old) === namesOf(drawn)) old.forEach((part, index) => replace(part, drawn[index]!));
  else if (!old.some((part) => inside(part))) {
    for (const part of old) drawn.forEach((next) => { if (next.id === part.id) keepChoices(part, next); });
    document.querySelector('main > header')?.after(...drawn.map((part) => document.importNode(part, true)));
    for (const part of old) part.remove();
  }
  document.title = page.title;
  const now = document.querySelector('#verdict h2')?.textContent;
  if (now && now !== headline) status.textContent = `The report has changed: ${now.trim()}`;
}

async function draw(): Promise<void> {
  drawn = Date.now();
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => undefined);
  if (answer?.ok && !isHeld()) take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
}

function drawSoon(): void {
  if (waiting !== undefined || isShown() || document.hidden) return;
  waiting = setTimeout(() => { waiting = undefined; if (!isHeld()) void draw(); }, Math.max(0, drawn + spacing - Date.now()));
}

function hear(): void {
  leave = listen(experiment, {
    state: (told) => { state = told; came = Date.now(); stage = undefined; say(); drawSoon(); },
    stage: (told) => { stage = told; say(); },
    link: (told) => {
      link = told;
      if (link === 'none' || link === 'broken') polls ??= setInterval(() => { if (!document.hidden && !isHeld()) void draw(); }, polling);
      else { clearInterval(polls); polls = undefined; }
      if (link === 'over') hold.remove();
      say();
    },
  });
}

hold.type = 'button';
hold.className = 'quiet';
hold.textContent = 'Hold still';
hold.setAttribute('aria-pressed', 'false');
hold.onclick = () => {
  hold.setAttribute('aria-pressed', String(!isHeld()));
  if (isHeld()) leave?.(); else hear();
  say();
};
status.className = 'unseen';
status.setAttribute('aria-live', 'polite');
const place = document.createElement('div');
place.className = 'fresh';
place.append(line, hold, status);
document.querySelector('header.head')?.append(place);
document.addEventListener('visibilitychange', drawSoon);
setInterval(say, 1_000);
hear();

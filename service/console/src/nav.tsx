import { useLayoutEffect, useState } from 'preact/hooks';
import { leave } from './account_page';
import { api, type Role } from './api/client';
import { isAtLeast, useMe } from './me';
import { Palette } from './palette';

type Entry = readonly [href: string, words: string, least: Role];

const pages: readonly Entry[] = [
  ['/', 'Reports', 'viewer'], ['/console', 'Experiments', 'viewer'], ['/console/portfolio', 'Portfolio', 'viewer'], ['/console/flags', 'Flags', 'viewer'], ['/console/metrics', 'Metrics', 'viewer'],
  ['/console/segments', 'Segments', 'viewer'], ['/console/events', 'Events', 'viewer'], ['/console/changes', 'Changes', 'viewer'],
  ['/console/environment', 'Environment', 'viewer'],
  ['/console/keys', 'Keys', 'admin'], ['/console/people', 'People', 'admin'], ['/console/account', 'Account', 'viewer'],
];

const further: readonly Entry[] = [['/console/new', 'New experiment', 'editor'], ['/docs', 'API', 'viewer']];
const openTo = (role: Role, entries: readonly Entry[]) => entries.filter(([, , least]) => isAtLeast(role, least));

/** The page that an address belongs to: /console/flags/checkout to /console/flags. */
function pageOf(path: string): string {
  const page = `/console/${path.split('/')[2] ?? ''}`;
  return pages.find(([href]) => href === page)?.[0] ?? '/console';
}

/** Ctrl-K, or the command key where there is one. */
function usePaletteKey(open: () => void): void {
  useLayoutEffect(() => { // before the first paint: whoever sees the page may press it
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** On a phone the pages come when they are asked for. */
export function Nav({ path }: { path: string }) {
  const [open, put] = useState(false);
  const [jumping, jump] = useState(false);
  usePaletteKey(() => jump(true));
  const me = useMe();
  const here = pageOf(path);
  const targets = openTo(me.role, [...pages, ...further]).map(([href, words]) => ({ href, words, what: 'Page' }));
  const signOut = () => void api.endSession(me.session).then(leave, leave);
  return (
    <nav aria-label="Console" class={open ? 'open' : ''}>
      <button type="button" class="quiet menu" aria-expanded={open} onClick={() => put(!open)}>Menu</button>
      <div class="pages">
        {openTo(me.role, pages).map(([href, words]) => <a key={href} href={href} {...(href === here && { 'aria-current': 'page' as const })}>{words}</a>)}
        <button type="button" class="leave" onClick={signOut}>Sign out</button>
      </div>
      <button type="button" class="quiet jump" onClick={() => jump(true)}>Jump to… <kbd>Ctrl K</kbd></button>
      {jumping && <Palette pages={targets} onClose={() => jump(false)} />}
    </nav>
  );
}

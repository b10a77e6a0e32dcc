import { useEffect, useState } from 'preact/hooks';
import { Palette } from './palette';

const pages = [
  ['/', 'Reports'], ['/console', 'Experiments'], ['/console/portfolio', 'Portfolio'], ['/console/flags', 'Flags'], ['/console/metrics', 'Metrics'], ['/console/segments', 'Segments'],
  ['/console/events', 'Events'], ['/console/changes', 'Changes'], ['/console/keys', 'Keys'],
] as const;

const further = [['/console/new', 'New experiment'], ['/docs', 'API']] as const;
const targets = [...pages, ...further].map(([href, words]) => ({ href, words, what: 'Page' }));

/** The page that an address belongs to: /console/flags/checkout to /console/flags. */
function pageOf(path: string): string {
  const page = `/console/${path.split('/')[2] ?? ''}`;
  return pages.find(([href]) => href === page)?.[0] ?? '/console';
}

/** Ctrl-K, or the command key where there is one. */
function usePaletteKey(open: () => void): void {
  useEffect(() => {
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
  const here = pageOf(path);
  return (
    <nav aria-label="Console" class={open ? 'open' : ''}>
      <button type="button" class="quiet menu" aria-expanded={open} onClick={() => put(!open)}>Menu</button>
      <div class="pages">
        {pages.map(([href, words]) => <a key={href} href={href} {...(href === here && { 'aria-current': 'page' as const })}>{words}</a>)}
      </div>
      <button type="button" class="quiet jump" onClick={() => jump(true)}>Jump to… <kbd>Ctrl K</kbd></button>
      {jumping && <Palette pages={targets} onClose={() => jump(false)} />}
    </nav>
  );
}

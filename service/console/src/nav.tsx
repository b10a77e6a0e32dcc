import { useState } from 'preact/hooks';

export const pages = [['/', 'Reports'], ['/console', 'Experiments'], ['/console/flags', 'Flags'], ['/console/events', 'Events'], ['/console/changes', 'Changes']] as const;

/** The page that an address belongs to: /console/flags/checkout to /console/flags. */
function pageOf(path: string): string {
  const page = `/console/${path.split('/')[2] ?? ''}`;
  return pages.find(([href]) => href === page)?.[0] ?? '/console';
}

/** On a phone the pages come when they are asked for. */
export function Nav({ path }: { path: string }) {
  const [open, put] = useState(false);
  const here = pageOf(path);
  return (
    <nav aria-label="Console" class={open ? 'open' : ''}>
      <button type="button" class="quiet menu" aria-expanded={open} onClick={() => put(!open)}>Menu</button>
      <div class="pages">
        {pages.map(([href, words]) => <a key={href} href={href} {...(href === here && { 'aria-current': 'page' as const })}>{words}</a>)}
      </div>
    </nav>
  );
}

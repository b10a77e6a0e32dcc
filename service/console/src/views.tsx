import { useState } from 'preact/hooks';
import { api, type View } from './api/client';
import { Field, Text, Tick, Trouble } from './fields';
import { useDeed, useLive } from './hooks';
import { useMay } from './me';

/** Of what is left when case and signs are gone, and a few letters that make it its own. */
function keyOf(name: string): string {
  const plain = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return `${plain || 'view'}-${Math.random().toString(36).slice(2, 8)}`;
}

function Save({ page, query, onSaved }: { page: string; query: string; onSaved: () => void }) {
  const [name, put] = useState('');
  const [shared, share] = useState(false);
  const deed = useDeed();
  const save = async () => {
    if (await deed.run(() => api.putView({ key: keyOf(name), name: name.trim(), page, query, shared }))) onSaved();
  };
  return (
    <form class="row" onSubmit={(event) => { event.preventDefault(); if (name.trim()) void save(); }}>
      <Field id="view-name" label="Keep this view as"><Text id="view-name" value={name} maxLength={100} onText={put} /></Field>
      <Tick id="view-shared" checked={shared} onTick={share}>For everybody</Tick>
      <button type="submit" disabled={deed.busy || name.trim() === ''}>Keep it</button>
      <Trouble problem={deed.problem} />
    </form>
  );
}

/** Views that people kept of a list, above it: each is a link. What is shown now can be kept, or kept no longer. */
export function Views({ page, query, onOpen }: { page: string; query: string; onOpen: (query: string) => void }) {
  const live = useLive(api.views, 'views');
  const may = useMay('analyst');
  const [naming, name] = useState(false);
  const deed = useDeed();
  const mine = (live.value ?? []).filter((view) => view.page === page);
  const here = mine.find((view) => view.query === query);
  const forget = (view: View) => deed.run(async () => { await api.deleteView(view.key); await live.again(); });
  if (mine.length === 0 && (query === '' || !may)) return null;
  return (
    <div class="views">
      <ul class="chips" aria-label="Kept views">
        {mine.map((view) => (
          <li key={view.key} class={view === here ? 'on' : ''}>
            <a href={view.query ? `${location.pathname}?${view.query}` : location.pathname} {...(view === here && { 'aria-current': 'true' as const })}
              onClick={(event) => { if (event.ctrlKey || event.metaKey || event.shiftKey) return; event.preventDefault(); onOpen(view.query); }}>
              <bdi>{view.name}</bdi>{!view.shared && <span class="soft"> (yours)</span>}
            </a>
          </li>
        ))}
      </ul>
      {may && here && <button type="button" class="quiet" disabled={deed.busy} onClick={() => void forget(here)}>Forget this view</button>}
      {may && !here && query !== '' && !naming && <button type="button" class="quiet" onClick={() => name(true)}>Keep this view…</button>}
      {!here && naming && <Save page={page} query={query} onSaved={() => { name(false); void live.again(); }} />}
      <Trouble problem={deed.problem ?? live.problem} />
    </div>
  );
}

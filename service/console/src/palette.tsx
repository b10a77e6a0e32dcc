import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { experimentAddress, flagAddress, metricAddress, reportAddress, segmentAddress } from './address';
import { api } from './api/client';
import { closest, type Target } from './palette_list';

const shown = 9;

type Named = { key: string; name?: string };
const targets = (what: string, address: (key: string) => string, all: Named[]): Target[] => all.map(({ key, name }) => ({ href: address(key), words: name || key, what }));

/** What cannot be asked for is left out: the rest can be jumped to all the same. */
async function load(): Promise<Target[]> {
  const none = (): Named[] => [];
  const [experiments, flags, metrics, segments] = await Promise.all([
    api.experiments().catch(none), api.flags().catch(none), api.metrics().catch(none), api.segments().catch(none)]);
  return [
    ...targets('Experiment', experimentAddress, experiments), ...targets('Flag', flagAddress, flags), ...targets('Metric', metricAddress, metrics),
    ...targets('Segment', segmentAddress, segments), ...targets('Report', reportAddress, experiments)];
}

/** Jumps to whatever is named. Ctrl-K opens it; arrows choose, Enter goes, Escape closes. */
export function Palette({ pages, onClose }: { pages: Target[]; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [all, put] = useState(pages);
  const [sought, seek] = useState('');
  const [at, move] = useState(0);
  useLayoutEffect(() => dialog.current?.showModal(), []); // before the paint: what is typed at once goes into it
  useEffect(() => {
    void load().then((found) => put([...pages, ...found]));
  }, []);
  const found = closest(all, sought, shown);
  const place = Math.min(at, found.length - 1);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) move((place + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter' && found[place]) location.assign(found[place].href);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} class="palette" aria-label="Jump to" onClose={onClose} onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
      <div class="row">
        <input type="text" role="combobox" aria-label="Jump to a page, experiment, flag, metric or segment" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
          {...(found[place] && { 'aria-activedescendant': `palette-${place}` })} placeholder="Jump to…" autocomplete="off" spellcheck={false} value={sought}
          onInput={(event) => { seek(event.currentTarget.value); move(0); }} onKeyDown={press} />
        <button type="button" class="quiet" onClick={() => dialog.current?.close()}>Close</button>
      </div>
      <ul id="palette-list" role="listbox" aria-label="Places">
        {found.map(({ href, words, what }, index) => (
          <li key={href} id={`palette-${index}`} role="option" aria-selected={index === place} onClick={() => location.assign(href)}><bdi>{words}</bdi> <span class="soft">{what}</span></li>
        ))}
      </ul>
      {found.length === 0 && <p class="soft" role="status">Nothing has this name.</p>}
    </dialog>
  );
}

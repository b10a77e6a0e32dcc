import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { withQuery, type QueryChange } from './address';
import { Choice } from './fields';
import { grouped } from './words';

/** A box to search in what a list shows. */
export function Search({ value, hint, onText }: { value: string; hint: string; onText: (text: string) => void }) {
  return (
    <div class="field search">
      <label for="search">Search</label>
      <input id="search" type="search" value={value} placeholder={hint} autocomplete="off" spellcheck={false} onInput={(event) => onText(event.currentTarget.value)} />
    </div>
  );
}

/** One of a few, each a link, with its count. */
export function Tabs({ label, name, query, options, onChoice }: {
  label: string; name: string; query: URLSearchParams; options: readonly (readonly [string, string, (number | undefined)?])[]; onChoice: (change: QueryChange) => void;
}) {
  const chosen = query.get(name) ?? '';
  const choose = (event: MouseEvent, value: string) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onChoice({ [name]: value });
  };
  return (
    <ul class="tabs" aria-label={label}>
      {options.map(([value, words, count]) => (
        <li key={value}>
          <a href={withQuery(query, { [name]: value })} {...(value === chosen && { 'aria-current': 'true' as const })} onClick={(event) => choose(event, value)}>
            {words}{count !== undefined && <span class="count">{grouped(count)}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Any, or one value. Nothing where there is no choice, unless one was made. */
export function Pick({ label, name, query, values, onChoice }: {
  label: string; name: string; query: URLSearchParams; values: string[]; onChoice: (change: QueryChange) => void;
}) {
  const chosen = query.get(name) ?? '';
  if (values.length === 0 && chosen === '') return null;
  const all = chosen === '' || values.includes(chosen) ? values : [chosen, ...values];
  return (
    <div class="field narrow">
      <label for={name}>{label}</label>
      <Choice id={name} value={chosen} onChoice={(value) => onChoice({ [name]: value })} options={[['', 'Any'] as const, ...all.map((each) => [each, each] as const)]} />
    </div>
  );
}

/** The first hundred of a list, and a way to the rest. `of` is another list when another thing is sought. */
export function Some<T>({ all, of, each }: { all: T[]; of: string; each: (item: T) => ComponentChildren }) {
  const [wish, put] = useState({ of, most: 100 });
  const most = wish.of === of ? wish.most : 100;
  return (
    <>
      <ul class="items">{all.slice(0, most).map(each)}</ul>
      {all.length > most && (
        <p class="more"><button type="button" class="quiet" onClick={() => put({ of, most: most + 100 })}>Show more</button> <span class="soft">{grouped(most)} of {grouped(all.length)} are shown.</span></p>
      )}
    </>
  );
}

import { useState } from 'preact/hooks';
import { entityAddress } from './address';
import { api, type Change } from './api/client';
import { changesOf } from './difference';
import { Trouble } from './fields';
import { useDeed } from './hooks';
import { minute } from './words';

const Side = ({ value }: { value: unknown }) => (value === undefined ? <span class="soft">nothing</span> : <code>{JSON.stringify(value)}</code>);

function Differences({ before, after }: { before: Change | undefined; after: Change }) {
  const all = changesOf(before?.document, after.document);
  if (all.length === 0) return <p class="soft">It says the same as before.</p>;
  return (
    <dl class="diff">
      {all.map(({ place, before: was, after: is }) => (
        <div key={place}><dt><bdi>{place}</bdi></dt><dd>{before && <><del><Side value={was} /></del> <span aria-label="became">→</span> </>}<ins><Side value={is} /></ins></dd></div>
      ))}
    </dl>
  );
}

/** Who, when, why, and what became of what. The one before is asked for where it is not at hand. */
export function ChangeLine({ change, before }: { change: Change; before: Change | undefined }) {
  const [found, keep] = useState<Change>();
  const deed = useDeed();
  const { at, actor, entity, key, reason, version } = change;
  const first = version === 1;
  const last = before ?? found;
  const href = entityAddress(entity, key);
  const find = () => deed.run(async () => {
    const history = await api.changes({ entity, key, limit: '1000' });
    keep(history.items.find((each) => each.version === version - 1));
  });
  return (
    <li>
      <p>
        <strong>{first ? 'Made' : 'Changed'} {entity} {href ? <a href={href}><bdi>{key}</bdi></a> : <bdi>{key}</bdi>}</strong> <span class="soft">version {version}</span>
      </p>
      <p class="soft"><time dateTime={at}>{minute(at)}</time> · <bdi>{actor}</bdi></p>
      {reason && <p class="why"><bdi>{reason}</bdi></p>}
      {first ? <details><summary>What it said</summary><Differences before={undefined} after={change} /></details>
        : last ? <Differences before={last} after={change} />
        : <button type="button" class="quiet" disabled={deed.busy} onClick={() => void find()}>Show what changed</button>}
      <Trouble problem={deed.problem} />
    </li>
  );
}

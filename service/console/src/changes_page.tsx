import { useState } from 'preact/hooks';
import { useQuery } from './address';
import { api, type Change, type ChangeList } from './api/client';
import { ChangeLine } from './change_line';
import { Choice, Trouble } from './fields';
import { Search } from './filters';
import { useDeed, useLive, useRested, useTitle } from './hooks';
import { Loading } from './notices';

const entities = [['', 'Everything'], ['experiment', 'Experiments'], ['flag', 'Flags'], ['metric', 'Metrics'], ['segment', 'Segments'], ['layer', 'Layers'], ['environment', 'Environment'], ['key', 'Keys'], ['erasure', 'Erasures'], ['retention', 'Retention']] as const;

const before = (all: Change[], one: Change): Change | undefined =>
  all.find((each) => each.entity === one.entity && each.key === one.key && each.version === one.version - 1);

/** Older pages are asked for one by one; what is new comes by itself. */
function useHistory(filter: Record<string, string>) {
  const name = JSON.stringify(filter);
  const live = useLive(() => api.changes(filter), name, 5000);
  const [older, put] = useState<{ name: string; items: Change[]; next: string | undefined }>();
  const deed = useDeed();
  const more = older?.name === name ? older : undefined;
  const newest: ChangeList = live.value ?? { items: [] };
  const items = [...new Map([...newest.items, ...(more?.items ?? [])].map((each) => [each.seq, each])).values()].sort((a, b) => b.seq - a.seq);
  const next = more ? more.next : newest.next;
  const further = () => deed.run(async () => {
    const page = await api.changes({ ...filter, after: next ?? '' });
    put({ name, items: [...items, ...page.items], next: page.next });
  });
  return { loaded: live.value !== undefined, items, next, further, busy: deed.busy, problem: live.problem ?? deed.problem };
}

export function ChangesPage() {
  useTitle('Changes');
  const { query, choose, type } = useQuery();
  const entity = query.get('entity') ?? '';
  const key = useRested(query.get('key') ?? '', 300);
  const history = useHistory({ ...(entity && { entity }), ...(key && { key }) });
  return (
    <section class="page">
      <h1>Changes</h1>
      <div class="row filters">
        <Search hint="The key of what was changed" value={query.get('key') ?? ''} onText={(text) => type({ key: text })} />
        <div class="field narrow">
          <label for="entity">Of</label>
          <Choice id="entity" value={entity} options={entities.some(([each]) => each === entity) ? entities : [...entities, [entity, entity] as const]} onChoice={(value) => choose({ entity: value })} />
        </div>
      </div>
      <Trouble problem={history.problem} />
      {!history.loaded && !history.problem && <Loading />}
      {history.loaded && history.items.length === 0 && <p class="nothing">Nothing changed here. <button type="button" class="quiet" onClick={() => choose({ entity: '', key: '' })}>Show all changes</button></p>}
      <ol class="changes-list">{history.items.map((change) => <ChangeLine key={change.seq} change={change} before={before(history.items, change)} />)}</ol>
      {history.next && <p class="more"><button type="button" class="quiet" disabled={history.busy} onClick={() => void history.further()}>Show older</button></p>}
    </section>
  );
}

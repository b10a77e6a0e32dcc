import { useState } from 'preact/hooks';
import { api, type Quarantined } from './api/client';
import { eventWords, unitWords } from './event_words';
import { Field, Section, Text, Tick, Trouble } from './fields';
import { useDeed, useLive } from './hooks';
import { Needs, useMay } from './me';
import { Loading } from './notices';
import { capital, minute, plural } from './words';

/** How far it lies ahead of its receipt, in whole days that suffice to store it. */
const daysAhead = ({ te, received }: Quarantined): number => Math.ceil((Date.parse(te) - Date.parse(received)) / 86_400_000);

function Line({ aside, chosen, onChoose }: { aside: Quarantined; chosen: boolean; onChoose: (chosen: boolean) => void }) {
  return (
    <li>
      <Tick id={`aside-${aside.id}`} checked={chosen} onTick={onChoose}><bdi class="name">{eventWords(aside.event as never)}</bdi> <bdi>{unitWords(aside.event as never)}</bdi></Tick>
      <p>{capital(aside.detail)}.</p>
      <p class="soft">{capital(aside.hint)}. As it is it can be stored from {minute(aside.storable_from)} on.</p>
      <details><summary>As it was sent</summary><pre>{JSON.stringify(aside.event, null, 2)}</pre></details>
    </li>
  );
}

function Replay({ all, ids, onDone }: { all: Quarantined[]; ids: number[]; onDone: () => void }) {
  const [earlier, put] = useState('');
  const [told, tell] = useState('');
  const deed = useDeed();
  const concerned = all.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const suggested = `${Math.max(...concerned.map(daysAhead))}d`;
  const go = () => deed.run(async () => {
    const { stored, duplicate, quarantined } = await api.replay({ ...(ids.length > 0 && { ids }), ...(earlier && { earlier }) });
    tell(`${plural(stored, 'event')} stored${duplicate > 0 ? `, ${duplicate} known already` : ''}${quarantined > 0 ? `, ${quarantined} still too far ahead` : ''}.`);
    onDone();
  });
  return (
    <>
      {all.length > 0 && (
        <div class="row">
          <Field id="earlier" label="Take effect earlier by" narrow><Text id="earlier" value={earlier} placeholder="not at all" onText={put} /></Field>
          <button type="button" class="quiet" onClick={() => put(suggested)}>{suggested}</button>
          <button type="button" disabled={deed.busy} onClick={() => void go()}>Replay {ids.length === 0 ? 'all' : plural(ids.length, 'event')}</button>
        </div>
      )}
      {told && <p class="undo" role="status">{told}</p>}
      <Trouble problem={deed.problem} />
    </>
  );
}

/** Events of clocks that run ahead: why they are kept aside, and the way back once the clock is mended. */
export function AsideSection() {
  const live = useLive(() => api.aside(), 'aside', 5000);
  const [chosen, choose] = useState<number[]>([]);
  const may = useMay('editor');
  const all = live.value?.items ?? [];
  const ids = chosen.filter((id) => all.some((each) => each.id === id));
  return (
    <Section id="aside" title="Kept aside">
      <Trouble problem={live.problem} />
      {!live.value ? !live.problem && <Loading /> : all.length === 0
        ? <p class="soft">Nothing. An event comes here if it says that it takes effect more than a day after it came in.</p>
        : <p>{live.value.next ? 'The first hundred are shown.' : `${plural(all.length, 'event')}.`} They count nowhere until they are replayed. Nothing is counted twice, however often they are.</p>}
      {live.value && all.length > 0 && !may && <Needs role="editor" what="Replaying them">{null}</Needs>}
      {live.value && may && <Replay all={all} ids={ids} onDone={() => { choose([]); void live.again(); }} />}
      <ul class="aside">
        {all.map((aside) => <Line key={aside.id} aside={aside} chosen={ids.includes(aside.id)} onChoose={(yes) => choose(yes ? [...ids, aside.id] : ids.filter((id) => id !== aside.id))} />)}
      </ul>
    </Section>
  );
}

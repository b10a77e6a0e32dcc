import { useState } from 'preact/hooks';
import { api, type Retention } from './api/client';
import { Field, Numeric, Trouble } from './fields';
import { useDeed, useLive } from './hooks';
import { Needs, useMay } from './me';
import { Loaded } from './notices';
import { grouped, minute } from './words';

/** What is no number is sent as it is: the service says what is wrong with it. */
const monthsOf = (text: string): number | null => (text.trim() === '' ? null : Number.isNaN(Number(text)) ? (text as unknown as number) : Number(text));

function Standing({ now }: { now: Retention }) {
  return (
    <>
      {now.kept_from && <p>Events are there from {minute(now.kept_from)} on; {grouped(now.events)} older ones were let go.</p>}
      {now.next_kept_from && now.next_look && <p>Those of before {minute(now.next_kept_from)} go on {minute(now.next_look)}.</p>}
      {now.held_by.length > 0 && (
        <p>
          Older ones are held by {now.held_by.map((key, at) => <>{at > 0 && ', '}<a href={`/console/experiments/${encodeURIComponent(key)}`}><bdi>{key}</bdi></a></>)}: archive them to let these go.
        </p>
      )}
    </>
  );
}

function Months({ now, onSet }: { now: Retention; onSet: () => void }) {
  const may = useMay('admin');
  const [months, setMonths] = useState(now.months?.toString() ?? '');
  const [told, tell] = useState('');
  const deed = useDeed();
  const change = (event: Event) => {
    event.preventDefault();
    tell('');
    void deed.run(async () => {
      const { next_look } = await api.changeRetention(monthsOf(months));
      tell(next_look ? `Kept. Nothing goes before ${minute(next_look)}.` : 'Kept: events stay for ever.');
      onSet();
    });
  };
  return (
    <form onSubmit={change}>
      <Field id="months" label="Months" hint="Exposures and events that are older go for good, month by month. Links and traits stay, and what a report needs of an experiment that is not archived. Empty: events stay for ever." narrow>
        <Numeric id="months" value={months} disabled={!may} onText={setMonths} />
      </Field>
      <Standing now={now} />
      <Needs role="admin" what="Changing it"><button type="submit" disabled={deed.busy}>Keep so long</button></Needs>
      <p class="soft" role="status">{told}</p>
      <Trouble problem={deed.problem} />
    </form>
  );
}

/** How long events are kept. */
export function RetentionSection() {
  const live = useLive(api.retention, 'retention');
  return <Loaded live={live}>{(now) => <Months now={now} onSet={() => void live.again()} />}</Loaded>;
}

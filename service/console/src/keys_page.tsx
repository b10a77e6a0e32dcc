import { useState } from 'preact/hooks';
import { api, type ApiKey } from './api/client';
import { Section, Trouble } from './fields';
import { useDeed, useLive, useTitle } from './hooks';
import { Needs } from './me';
import { NewKey } from './new_key';
import { Loading } from './notices';
import { day } from './words';

/** Revoked for good, so it is said twice. */
function Line({ one, onDone }: { one: ApiKey; onDone: () => void }) {
  const [sure, ask] = useState(false);
  const deed = useDeed();
  return (
    <li>
      <div class="title">
        <div><bdi class="name">{one.name || 'Without a name'}</bdi> <span class="label">{one.kind}</span>
          <p class="soft"><code>{one.id}…</code> made {day(one.created)}{one.revoked && `, revoked ${day(one.revoked)}`}</p></div>
        {!one.revoked && <button type="button" class={sure ? 'quiet on' : 'quiet'} aria-pressed={sure} aria-label={`Revoke ${one.name || one.id}`} onClick={() => ask(!sure)}>Revoke</button>}
      </div>
      {sure && !one.revoked && (
        <div class="sure">
          <p>Whoever uses it is refused at once, and for good.</p>
          <button type="button" disabled={deed.busy} onClick={() => void deed.run(async () => { await api.revokeKey(one.id); onDone(); })}>Revoke it now</button>
        </div>
      )}
      <Trouble problem={deed.problem} />
    </li>
  );
}

function All() {
  const live = useLive(api.keys, 'keys', 10_000);
  const again = () => void live.again();
  const all = [...(live.value ?? [])].sort((a, b) => Number(a.revoked !== undefined) - Number(b.revoked !== undefined) || (a.created < b.created ? 1 : -1));
  return (
    <div class="desk even">
      <Section id="keys" title="All keys">
        <Trouble problem={live.problem} />
        {!live.value && !live.problem && <Loading />}
        <ul class="plain keys">{all.map((one) => <Line key={one.id} one={one} onDone={again} />)}</ul>
      </Section>
      <NewKey onDone={again} />
    </div>
  );
}

export function KeysPage() {
  useTitle('Keys');
  return (
    <>
      <header class="head"><h1>Keys</h1></header>
      <Needs role="admin" what="Making and revoking keys"><All /></Needs>
    </>
  );
}

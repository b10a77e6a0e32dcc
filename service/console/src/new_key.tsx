import { useState } from 'preact/hooks';
import { api, type KeyKind } from './api/client';
import { copy } from './clipboard';
import { Choice, Field, Section, Text, Trouble } from './fields';
import { useDeed } from './hooks';

export const kinds = [
  ['client', 'client: results for one unit at a time; may be seen by anybody'],
  ['sdk', 'sdk: also the rules, to evaluate by itself'],
  ['server', 'server: also reports and the ledger'],
  ['admin', 'admin: everything'],
] as const satisfies readonly (readonly [KeyKind, string])[];

/** The secret is shown here and never again. */
export function NewKey({ onDone }: { onDone: () => void }) {
  const [kind, setKind] = useState<KeyKind>('client');
  const [name, setName] = useState('');
  const [secret, show] = useState('');
  const [told, tell] = useState('');
  const deed = useDeed();
  const make = (event: Event) => {
    event.preventDefault();
    void deed.run(async () => {
      show((await api.makeKey(kind, name)).key);
      tell('');
      setName('');
      onDone();
    });
  };
  const take = async () => tell((await copy(secret, document.getElementById('secret'))) ? 'Copied.' : 'Selected: copy it with the keyboard.');
  return (
    <Section id="new-key" title="Make a key">
      <form onSubmit={make}>
        <Field id="kind" label="What it may do"><Choice id="kind" value={kind} options={kinds} onChoice={setKind} /></Field>
        <Field id="name" label="What it is for"><Text id="name" value={name} maxLength={200} onText={setName} /></Field>
        <button type="submit" disabled={deed.busy}>Make the key</button>
      </form>
      {secret && (
        <div class="sure" role="status">
          <p>Keep it now: nobody can show it again.</p>
          <pre id="secret" tabIndex={0}><code>{secret}</code></pre>
          <div class="row"><button type="button" class="quiet" onClick={() => void take()}>Copy</button><button type="button" class="quiet" onClick={() => show('')}>I have kept it</button> <span class="soft">{told}</span></div>
        </div>
      )}
      <Trouble problem={deed.problem} />
    </Section>
  );
}

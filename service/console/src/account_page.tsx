import { useState } from 'preact/hooks';
import { api } from './api/client';
import { Field, Section, Trouble } from './fields';
import { useDeed, useLive, useTitle } from './hooks';
import { roleWords, useMe } from './me';
import { Loaded } from './notices';
import { minute } from './words';

function Secret({ id, value, old, onText }: { id: string; value: string; old?: boolean; onText: (text: string) => void }) {
  return <input id={id} type="password" required autocomplete={old ? 'current-password' : 'new-password'} value={value}
    aria-describedby={old ? undefined : `${id}-hint`} onInput={(event) => onText(event.currentTarget.value)} />;
}

function ChangePassword() {
  const me = useMe();
  const [old, setOld] = useState('');
  const [chosen, setChosen] = useState('');
  const [told, tell] = useState('');
  const deed = useDeed();
  const change = (event: Event) => {
    event.preventDefault();
    void deed.run(async () => {
      await api.changePassword({ old_password: old, password: chosen });
      setOld('');
      setChosen('');
      tell('Changed. Every other browser is signed out.');
    });
  };
  return (
    <Section id="change-password" title="Change your password">
      <form onSubmit={change}>
        <Field id="email" label="E-mail"><input id="email" type="email" autocomplete="username" value={me.email} readOnly /></Field>
        <Field id="old_password" label="Present password"><Secret id="old_password" old value={old} onText={setOld} /></Field>
        <Field id="password" label="New password" hint="At least 12 characters. A few words make a good one."><Secret id="password" value={chosen} onText={setChosen} /></Field>
        <button type="submit" disabled={deed.busy}>Change it</button>
        <p class="soft" role="status">{told}</p>
      </form>
      <Trouble problem={deed.problem} />
    </Section>
  );
}

export const leave = (): void => location.assign('/sign-in');

function Sessions() {
  const live = useLive(api.sessions, 'sessions', 30_000);
  const deed = useDeed();
  const end = (id: string, current: boolean) => void deed.run(async () => {
    await api.endSession(id);
    if (current) leave();
    else await live.again();
  });
  return (
    <Section id="sessions" title="Where you are signed in">
      <Loaded live={live}>
        {({ items }) => (
          <ul class="links">
            {items.map(({ id, opened, seen, ends, current }) => (
              <li key={id}>
                <span>Since {minute(opened)}{current && <strong> (here)</strong>}<br /><span class="soft">seen {minute(seen)}, ends {minute(ends)} at the latest</span></span>
                <button type="button" class="quiet" disabled={deed.busy} aria-label={`Sign out the browser of ${minute(opened)}`} onClick={() => end(id, current)}>Sign out</button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <button type="button" class="quiet" disabled={deed.busy} onClick={() => void deed.run(async () => { await api.endSessions(); leave(); })}>Sign out everywhere</button>
      <Trouble problem={deed.problem} />
    </Section>
  );
}

/** What everybody may do about themselves. */
export function AccountPage() {
  useTitle('Account');
  const me = useMe();
  return (
    <>
      <header class="head">
        <h1><bdi>{me.name || me.email}</bdi></h1>
        <p class="soft"><bdi>{me.email}</bdi>, {roleWords[me.role]}</p>
      </header>
      <div class="desk even"><ChangePassword /><Sessions /></div>
    </>
  );
}

import { useState } from 'preact/hooks';
import { api, type Person, type PersonLink, type Role } from './api/client';
import { Choice, Section, Trouble } from './fields';
import { useDeed, useLive, useTitle } from './hooks';
import { Invite } from './invite';
import { roles, roleWords, useMe, Needs } from './me';
import { Loaded } from './notices';
import { OneTimeLink } from './one_time_link';
import { day } from './words';

const roleOptions = roles.map((role) => [role, role] as const);
const stateWords = { invited: 'invited, has no password yet', active: '', disabled: 'disabled' } as const;

/** A role counts at once; disabling is said twice. */
function Line({ person, onDone }: { person: Person; onDone: () => void }) {
  const me = useMe();
  const [sure, ask] = useState(false);
  const [link, show] = useState<PersonLink>();
  const deed = useDeed();
  const { email, name, role, state, created } = person;
  const change = (wish: { role?: Role; disabled?: boolean }) => void deed.run(async () => {
    await api.changePerson(email, wish);
    ask(false);
    onDone();
  });
  const id = `role-${email}`;
  return (
    <li>
      <div class="title">
        <div>
          <bdi class="name">{name || email}</bdi>{email === me.email && <span class="label"> you</span>}
          <p class="soft"><bdi>{email}</bdi>, since {day(created)}{stateWords[state] && <>, {stateWords[state]}</>}</p>
        </div>
        <Choice id={id} label={`Role of ${name || email}`} value={role} options={roleOptions} onChoice={(chosen) => change({ role: chosen })} />
      </div>
      <div class="row">
        {state !== 'disabled' && (
          <button type="button" class="quiet" disabled={deed.busy} aria-label={`Make a link for ${email}`}
            onClick={() => void deed.run(async () => show(await api.resetPerson(email)))}>{state === 'invited' ? 'New invitation' : 'Reset password'}</button>
        )}
        {state === 'disabled'
          ? <button type="button" class="quiet" disabled={deed.busy} aria-label={`Enable ${email}`} onClick={() => change({ disabled: false })}>Enable</button>
          : <button type="button" class={sure ? 'quiet on' : 'quiet'} aria-pressed={sure} aria-label={`Disable ${email}`} onClick={() => ask(!sure)}>Disable</button>}
      </div>
      {sure && state !== 'disabled' && (
        <div class="sure">
          <p>They are signed out everywhere, at once, and let in no more until they are enabled again.</p>
          <button type="button" disabled={deed.busy} onClick={() => change({ disabled: true })}>Disable them now</button>
        </div>
      )}
      {link && <OneTimeLink link={link} onKept={() => show(undefined)} />}
      <Trouble problem={deed.problem} />
    </li>
  );
}

function All() {
  const live = useLive(api.people, 'people', 10_000);
  const again = () => void live.again();
  return (
    <div class="desk even">
      <Section id="people" title="Who may sign in">
        <Loaded live={live}>{({ items }) => <ul class="plain keys">{items.map((person) => <Line key={person.email} person={person} onDone={again} />)}</ul>}</Loaded>
      </Section>
      <div>
        <Invite onDone={again} />
        <Section id="roles" title="What a role may do"><ul class="plain">{roles.map((role) => <li key={role}>{roleWords[role]}</li>)}</ul></Section>
      </div>
    </div>
  );
}

export function PeoplePage() {
  useTitle('People');
  return (
    <>
      <header class="head"><h1>People</h1></header>
      <Needs role="admin" what="Inviting and changing people"><All /></Needs>
    </>
  );
}

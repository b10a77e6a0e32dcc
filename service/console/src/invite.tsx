import { useState } from 'preact/hooks';
import { api, type PersonLink, type Role } from './api/client';
import { Choice, Field, Section, Text, Trouble } from './fields';
import { useDeed } from './hooks';
import { roles, roleWords } from './me';
import { OneTimeLink } from './one_time_link';

/** No mail is sent: whoever invites sends the link. */
export function Invite({ onDone }: { onDone: () => void }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [link, show] = useState<PersonLink>();
  const deed = useDeed();
  const invite = (event: Event) => {
    event.preventDefault();
    void deed.run(async () => {
      show(await api.invite({ email: email.trim(), role }));
      setEmail('');
      onDone();
    });
  };
  return (
    <Section id="invite" title="Invite somebody">
      <form onSubmit={invite}>
        <Field id="email" label="E-mail"><Text id="email" value={email} maxLength={254} onText={setEmail} /></Field>
        <Field id="role" label="What they may do"><Choice id="role" value={role} options={roles.map((each) => [each, roleWords[each]] as const)} onChoice={setRole} /></Field>
        <button type="submit" disabled={deed.busy || email.trim() === ''}>Make an invitation</button>
      </form>
      {link && <OneTimeLink link={link} onKept={() => show(undefined)} />}
      <Trouble problem={deed.problem} />
    </Section>
  );
}

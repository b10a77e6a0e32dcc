import type { Draft } from './draft';
import { Field, Section, Text } from './fields';

/** "One-page checkout" -> "one-page-checkout" */
const keyOf = (name: string): string =>
  name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 128);

export function WhySection({ draft, saved, onChange }: { draft: Draft; saved: boolean; onChange: (change: Partial<Draft>) => void }) {
  const rename = (name: string) => {
    const follows = !saved && (draft.key === '' || draft.key === keyOf(draft.name));
    onChange(follows ? { name, key: keyOf(name) } : { name });
  };
  return (
    <Section id="why" title="Why">
      <Field id="name" label="Name"><Text id="name" value={draft.name} maxLength={200} onText={rename} /></Field>
      <Field id="key" label="Key" hint={saved ? 'Fixed: reports and code name it.' : 'What code and reports call it; it cannot be changed later.'}>
        <Text id="key" value={draft.key} disabled={saved} onText={(key) => onChange({ key })} />
      </Field>
      <Field id="hypothesis" label="Hypothesis">
        <textarea id="hypothesis" rows={3} maxLength={4000} value={draft.hypothesis} placeholder="We believe that … will raise … for …, because …"
          onInput={(event) => onChange({ hypothesis: event.currentTarget.value })} />
      </Field>
      <Field id="owner" label="Owner"><Text id="owner" value={draft.owner} maxLength={200} onText={(owner) => onChange({ owner })} /></Field>
    </Section>
  );
}

import type { Draft } from './draft';
import { Choice, Field, Numeric, Section } from './fields';

const methods: [Draft['method'], string, string][] = [
  ['always-valid', 'at any time', 'Look as often as you like: the error rate holds.'],
  ['fixed-horizon', 'once, at the end', 'The fewest units; whoever decides earlier errs more often.'],
  ['strict', 'at any time, whatever the distribution', 'No approximations and no interval; takes more units.'],
];

export function DecidingSection({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  return (
    <Section id="deciding" title="Decided">
      <div class="row">
        <Field id="method" label="Decide">
          <Choice id="method" value={draft.method} options={methods.map(([method, words]) => [method, words] as const)} onChoice={(method) => onChange({ method })} />
        </Field>
        <Field id="alpha" label="Error rate" narrow>
          <Numeric id="alpha" value={draft.alpha} unit="%" onText={(alpha) => onChange({ alpha })} />
        </Field>
      </div>
      <p class="soft">{methods.find(([method]) => method === draft.method)?.[2]} The plan is frozen at the start.</p>
    </Section>
  );
}

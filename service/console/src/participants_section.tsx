import type { Layer, Segment } from './api/client';
import type { Draft, Exposure } from './draft';
import { Choice, Field, Numeric, Section, Text, Tick } from './fields';
import { WhoFields } from './who_fields';

const exposures: [Exposure, string][] = [
  ['evaluate', 'asking for the flag, alone'],
  ['client', 'what the client reports'],
  ['event', 'an event'],
];

/** The layer that was made for it may be younger than the list. */
const withOwn = (layers: Layer[], own: string): [string, string][] => {
  const all = layers.map(({ key, name }): [string, string] => [key, name || key]);
  return own === '' || layers.some(({ key }) => key === own) ? all : [[own, own], ...all];
};

export function ParticipantsSection({ draft, layers, segments, onChange }: {
  draft: Draft; layers: Layer[]; segments: Segment[]; onChange: (change: Partial<Draft>) => void;
}) {
  return (
    <Section id="participants" title="Who">
      <WhoFields who={draft.who} segments={segments} onChange={(who) => onChange({ who })} />
      <div class="row">
        <Field id="coverage" label="Take part" narrow>
          <Numeric id="coverage" value={draft.coverage} unit="%" onText={(coverage) => onChange({ coverage })} />
        </Field>
        <Field id="unit" label="Drawn by" narrow>
          <Text id="unit" value={draft.unit} list="units-known" onText={(unit) => onChange({ unit })} />
          <datalist id="units-known">{['user', 'device', 'session', 'account'].map((each) => <option key={each} value={each} />)}</datalist>
        </Field>
        <Field id="layer" label="Layer" narrow>
          <Choice id="layer" value={draft.layer} onChoice={(layer) => onChange({ layer })}
            options={[['', 'one of its own'], ...withOwn(layers, draft.layer)]} />
        </Field>
      </div>
      <p class="soft">Experiments of one layer exclude each other. Raising the share later moves nobody.</p>
      <div class="row">
        <Field id="exposure" label="Who met a variant is told by">
          <Choice id="exposure" value={draft.exposure} options={exposures} onChoice={(exposure) => onChange({ exposure })} />
        </Field>
        {draft.exposure === 'event' && (
          <Field id="exposure-event" label="Event" narrow>
            <Text id="exposure-event" value={draft.event} placeholder="page_view" onText={(event) => onChange({ event })} />
          </Field>
        )}
      </div>
      <Tick id="sticky" checked={draft.sticky} onTick={(sticky) => onChange({ sticky })}>
        Units keep the variant that they met first, whatever changes
      </Tick>
    </Section>
  );
}

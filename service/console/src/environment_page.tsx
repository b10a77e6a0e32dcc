import { useState } from 'preact/hooks';
import { api, type Environment } from './api/client';
import { Field, Numeric, Section, Text, Trouble } from './fields';
import { useDeed, useLive, useTitle } from './hooks';
import { Needs, useMay } from './me';
import { Loaded } from './notices';
import { RetentionSection } from './retention_section';
import { tellTimesIn } from './words';

/** What is no number is sent as it is: the service says what is wrong with it. */
function peopleOf(text: string): number | null {
  const typed = text.replaceAll(',', '').trim();
  if (typed === '') return null;
  return Number.isNaN(Number(typed)) ? (typed as unknown as number) : Number(typed);
}

const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];

function Settings({ settings, onSet }: { settings: Environment; onSet: (settings: Environment) => void }) {
  const may = useMay('editor');
  const [zone, setZone] = useState(settings.time_zone);
  const [currency, setCurrency] = useState(settings.currency ?? '');
  const [population, setPopulation] = useState(settings.population?.toString() ?? '');
  const [told, tell] = useState('');
  const deed = useDeed();
  const change = (event: Event) => {
    event.preventDefault();
    tell('');
    void deed.run(async () => {
      onSet(await api.changeEnvironment(settings.version, {
        time_zone: zone.trim(), currency: currency.trim().toUpperCase() || null, population: peopleOf(population),
      }));
      tell('Kept. Reports tell it so from now on.');
    });
  };
  return (
    <form onSubmit={change}>
      <Field id="time_zone" label="Time zone" hint="Of the dates and days that people read. Documents keep UTC.">
        <Text id="time_zone" value={zone} list="zones" disabled={!may} onText={setZone} />
        <datalist id="zones">{zones().map((name) => <option key={name} value={name} />)}</datalist>
      </Field>
      <Field id="currency" label="Currency" hint="Three letters, like EUR: of metrics whose unit it is, or “money”." narrow>
        <Text id="currency" value={currency} maxLength={3} disabled={!may} onText={setCurrency} />
      </Field>
      <Field id="population" label="People a month" hint="Whom a change would reach if everybody got it. Empty: as many as enter the experiment." narrow>
        <Numeric id="population" value={population} disabled={!may} onText={setPopulation} />
      </Field>
      <Needs role="editor" what="Changing them"><button type="submit" disabled={deed.busy}>Keep them</button></Needs>
      <p class="soft" role="status">{told}</p>
      <Trouble problem={deed.problem} />
    </form>
  );
}

/** How reports tell days, money and months. */
export function EnvironmentPage() {
  useTitle('Environment');
  const live = useLive(api.environment, 'environment');
  const take = ({ time_zone }: Environment) => {
    tellTimesIn(time_zone);
    void live.again();
  };
  return (
    <>
      <header class="head">
        <h1>Environment</h1>
        <p class="soft">{live.value && <><bdi>{live.value.project}</bdi>/<bdi>{live.value.key}</bdi>. </>}How reports tell days, money and months. <a href="/console/changes?entity=environment">Who changed it</a></p>
      </header>
      <Section id="settings" title="Settings">
        <Loaded live={live}>{(settings) => <Settings settings={settings} onSet={take} />}</Loaded>
      </Section>
      <Section id="retention" title="How long events are kept">
        <RetentionSection />
      </Section>
    </>
  );
}

import { useState } from 'preact/hooks';
import { api, type Experiment, type Report } from './api/client';
import { Choice, Field, Section, Text, Trouble } from './fields';
import { useDeed } from './hooks';
import { isAdvised, shipped } from './shipping';

/** Flags first, so that nobody falls back in between; then it is written down, beside what the report says, and the run ends. */
async function ship(experiment: Experiment, variant: string, why: string): Promise<Experiment> {
  const reason = `Decided for ${variant}${why ? `: ${why}` : ''}`;
  const values = experiment.variants.find(({ key }) => key === variant)?.values ?? {};
  for (const [key, value] of Object.entries(values)) {
    const flag = await api.flag(key);
    await api.changeFlag(key, flag.version, { rules: shipped(flag.rules, experiment.key, value) }, reason);
  }
  await api.decide(experiment.key, { action: 'ship', variant, ...(reason.trim() && { reason: reason.trim() }) });
  return api.move(experiment.key, experiment.version, 'stop', reason);
}

/** The decision: everybody gets one variant, and why. */
export function Ship({ experiment, report, onDone }: { experiment: Experiment; report: Report | undefined; onDone: (experiment: Experiment) => void }) {
  const advised = report && ['ship', 'ship_with_care'].includes(report.verdict.code) ? report.verdict.variant : undefined;
  const [chosen, choose] = useState('');
  const [sure, ask] = useState(false);
  const [reason, setReason] = useState('');
  const deed = useDeed();
  const variant = chosen || advised || experiment.variants.find(({ control }) => control)?.key || '';
  const given = Object.entries(experiment.variants.find(({ key }) => key === variant)?.values ?? {});
  const against = !report || !isAdvised(experiment, report, variant);
  return (
    <Section id="ship" title="Decide">
      <Field id="ship-variant" label="Give everybody">
        <Choice id="ship-variant" value={variant} onChoice={choose} options={experiment.variants.map(({ key, name, control }) => [key, `${name || key}${control && key !== 'control' ? ' (control)' : ''}`] as const)} />
      </Field>
      <button type="button" class={sure ? 'quiet on' : 'quiet'} aria-pressed={sure} onClick={() => ask(!sure)}>Ship {variant}</button>
      {sure && (
        <div class="sure">
          <p>The experiment ends for good.</p>
          {given.map(([flag, value]) => <p key={flag}>Flag <code>{flag}</code> gives <code>{JSON.stringify(value)}</code> wherever it ran this experiment.</p>)}
          <Field id="ship-reason" label={against ? 'Why, as the report does not advise it' : 'Why'} hint="The history keeps it.">
            <Text id="ship-reason" value={reason} maxLength={900} onText={setReason} />
          </Field>
          <button type="button" disabled={deed.busy || (against && reason.trim() === '')}
            onClick={() => void deed.run(async () => onDone(await ship(experiment, variant, reason)))}>Ship {variant} and stop</button>
        </div>
      )}
      <Trouble problem={deed.problem} />
    </Section>
  );
}

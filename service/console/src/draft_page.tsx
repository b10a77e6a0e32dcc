import { useLayoutEffect, useState } from 'preact/hooks';
import { api, type Experiment, type Layer, type Metric, type Preflight, type Segment } from './api/client';
import { CopyAs } from './copy';
import { DecidingSection } from './deciding_section';
import { draftOf, emptyDraft, experimentOf, toDo, type Draft } from './draft';
import { Field, Text, Trouble } from './fields';
import { useDeed, useLive } from './hooks';
import { MeasuresSection } from './measures_section';
import { ParticipantsSection } from './participants_section';
import { PowerBox } from './power_box';
import { PreflightBox } from './preflight_box';
import { ScheduleSection } from './schedule_section';
import { VariantsSection } from './variants_section';
import { WhySection } from './why_section';

export interface Catalogue {
  experiments: Experiment[];
  metrics: Metric[];
  layers: Layer[];
  segments: Segment[];
}

/** What would be sent; nothing while a condition is no JSON yet. */
function written(draft: Draft, metrics: Metric[]): ReturnType<typeof experimentOf> | null {
  try {
    return experimentOf(draft, metrics);
  } catch {
    return null;
  }
}

function StartAll({ preflight, ready, busy, onStart }: {
  preflight: Preflight | undefined; ready: boolean; busy: boolean; onStart: (despite: string[], reason: string) => void;
}) {
  const [reason, setReason] = useState('');
  const blocks = preflight?.checks.filter(({ level }) => level === 'block').map(({ check }) => check) ?? [];
  if (blocks.length === 0)
    return <button type="button" disabled={!ready || busy || !preflight} onClick={() => onStart([], '')}>Start</button>;
  return (
    <details class="despite">
      <summary>Start all the same…</summary>
      <Field id="despite-reason" label="Why it may be ignored" hint="The history keeps it.">
        <Text id="despite-reason" value={reason} onText={setReason} />
      </Field>
      <button type="button" disabled={!ready || busy || reason.trim() === ''} onClick={() => onStart(blocks, reason)}>Start despite {blocks.join(', ')}</button>
    </details>
  );
}

/** The form of an experiment that is not running: a new one, or a draft. */
export function DraftPage({ experiment, catalogue, onSaved }: {
  experiment: Experiment | undefined; catalogue: Catalogue; onSaved: (experiment: Experiment) => void;
}) {
  const [metrics, setMetrics] = useState(catalogue.metrics);
  const [draft, put] = useState<Draft>(() => (experiment ? draftOf(experiment, metrics) : emptyDraft()));
  const [clean, setClean] = useState(() => JSON.stringify(written(draft, metrics)));
  const deed = useDeed();
  const saved = experiment !== undefined;
  const preflight = useLive<Preflight | undefined>(
    async () => (experiment ? await api.preflight(experiment.key) : undefined), `${experiment?.key}/${experiment?.version}`, 3000);
  const body = written(draft, metrics);
  const changed = JSON.stringify(body) !== clean;
  const todo = toDo(draft);
  const sayable = body !== null && todo.every(({ done, needed }) => done || needed !== 'save');
  const startable = saved && !changed && todo.every(({ done, needed }) => done || needed === 'result');
  const change = (part: Partial<Draft>) => put((before) => ({ ...before, ...part }));

  // With what the page says: whoever reads "Saved." may leave at once.
  useLayoutEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    if (changed) addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [changed]);

  const save = () => deed.run(async () => {
    const stored = experiment ? await api.change(experiment.key, experiment.version, body!) : await api.create(body!);
    const again = draftOf(stored, metrics);
    put(again);
    setClean(JSON.stringify(written(again, metrics)));
    onSaved(stored);
  });
  const start = (despite: string[], reason: string) => deed.run(async () =>
    onSaved(await api.start(experiment!.key, experiment!.version, despite.length > 0 ? { despite, reason } : {})));

  return (
    <>
      <header class="head">
        <h1>{saved ? <bdi>{experiment.name || experiment.key}</bdi> : 'New experiment'}</h1>
        <p class="soft">{saved ? `Draft, version ${experiment.version}. Everything but its key can change until it starts.` : 'Every field has a default; what is still to say is listed.'}</p>
      </header>
      <div class="desk">
        <form onSubmit={(event) => { event.preventDefault(); if (sayable) void save(); }}>
          <WhySection draft={draft} saved={saved} onChange={change} />
          <VariantsSection draft={draft} onChange={change} />
          <MeasuresSection draft={draft} catalogue={metrics} onChange={change} onMade={(metric) => setMetrics((all) => [...all, metric])} />
          <ParticipantsSection draft={draft} layers={catalogue.layers} segments={catalogue.segments} onChange={change} />
          <DecidingSection draft={draft} onChange={change} />
        </form>
        <aside>
          <PreflightBox todo={todo} preflight={preflight.value} changed={changed} />
          {saved && <ScheduleSection key={experiment.version} experiment={experiment} ready={startable} onDone={onSaved} />}
          <PowerBox draft={draft} metrics={metrics} experiments={catalogue.experiments} onChange={change} />
          {body && <section aria-label="Take away"><CopyAs document={body} /></section>}
        </aside>
      </div>
      <section class="bar" aria-label="Save and start">
        <Trouble problem={deed.problem} />
        <div class="row">
          <button type="button" class={startable ? 'quiet' : ''} disabled={!sayable || deed.busy || (saved && !changed)} onClick={() => void save()}>
            {saved ? 'Save' : 'Save as draft'}
          </button>
          {saved && <StartAll preflight={preflight.value} ready={startable} busy={deed.busy} onStart={(despite, reason) => void start(despite, reason)} />}
          <span class="soft" role="status">{saved ? (changed ? 'Not saved yet.' : 'Saved.') : 'Nothing is saved yet.'}</span>
        </div>
      </section>
    </>
  );
}

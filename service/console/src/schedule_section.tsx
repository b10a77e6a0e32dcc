import { useState } from 'preact/hooks';
import { api, type Experiment } from './api/client';
import { Field, Section, Trouble } from './fields';
import { useDeed } from './hooks';
import { scheduleOf, scheduleWords, typedInstant } from './schedule';
import { minute } from './words';

function Instant({ id, label, value, onText }: { id: string; label: string; value: string; onText: (text: string) => void }) {
  return (
    <Field id={id} label={label} hint="UTC" narrow>
      <input id={id} type="datetime-local" value={value} onInput={(event) => onText(event.currentTarget.value)} />
    </Field>
  );
}

/** When it starts and stops by itself: said, changed, taken back. `ready`: it could start as it is. */
export function ScheduleSection({ experiment, ready = true, onDone }: { experiment: Experiment; ready?: boolean; onDone: (experiment: Experiment) => void }) {
  const { schedule, state } = experiment;
  const [start, putStart] = useState(typedInstant(schedule?.start));
  const [stop, putStop] = useState(typedInstant(schedule?.stop));
  const deed = useDeed();
  const draft = state === 'draft';
  const words = scheduleWords(schedule);
  const put = (wanted: ReturnType<typeof scheduleOf>) => deed.run(async () => onDone(await api.change(experiment.key, experiment.version, { schedule: wanted })));
  const takeBack = () => { putStart(''); putStop(''); void put(null); };
  const said = (draft && start !== '') || stop !== '';
  return (
    <Section id="schedule" title={draft ? 'Start later' : 'Stop by itself'}>
      {schedule?.missed && <p class="level warn" role="alert">It was to start at {minute(schedule.missed.start)} and did not: {schedule.missed.because}</p>}
      <p role="status">{words || (draft ? 'It starts when somebody starts it.' : 'It runs until somebody stops it.')}</p>
      <div class="row">
        {draft && <Instant id="schedule-start" label="Start at" value={start} onText={putStart} />}
        <Instant id="schedule-stop" label="Stop at" value={stop} onText={putStop} />
        <button type="button" class="quiet" disabled={deed.busy || !said || !ready} onClick={() => void put(scheduleOf(draft ? start : '', stop))}>{words ? 'Change it' : 'Schedule it'}</button>
        {(words || schedule?.missed) && <button type="button" class="quiet" disabled={deed.busy} onClick={takeBack}>Take it back</button>}
      </div>
      {draft && <p class="soft">{ready ? 'What is checked before a start is checked again at that moment; a block stops it and says so here.' : 'Save it, and say what is still missing, first.'}</p>}
      <Trouble problem={deed.problem} />
    </Section>
  );
}

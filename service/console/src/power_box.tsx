import { useEffect, useState } from 'preact/hooks';
import { api, Refused, type Experiment, type Metric, type SampleSize } from './api/client';
import type { Draft } from './draft';
import { Choice, Field, Numeric } from './fields';
import { useRested } from './hooks';
import { LookbackNote, Looked, useLookback } from './lookback';
import { daysOf, followed, goalOf, isShare, ownHistory, ownOf, precedents, questionOf, type Before, type Lead, type Own } from './power';
import { baselineWords } from './sensitivity';
import { grouped, plural } from './words';

const days = (value: number): string => plural(Math.max(1, Math.ceil(value)), 'day');

/** " (8 to 12)": in the fastest and in the slowest week's traffic. */
function range(units: number, own: Own | null): string {
  if (!own?.fastest || !own.slowest) return '';
  const [soonest, latest] = [units / own.fastest, units / own.slowest].map((each) => Math.max(1, Math.ceil(each)));
  return soonest === latest ? '' : ` (${grouped(soonest!)} to ${grouped(latest!)})`;
}

function Answer({ answer, strict, own }: { answer: SampleSize; strict: boolean; own: Own | null }) {
  const change = answer.effect.relative == null ? '' : `${Number((Math.abs(answer.effect.relative) * 100).toPrecision(2))} %`;
  const early = answer.days?.expected_with_effect;
  return (
    <>
      <p>
        <strong>{grouped(answer.units)} units</strong> ({answer.per_variant.map(grouped).join(' + ')}) find a change
        of {change} with {Math.round(answer.power * 100)} % power.
      </p>
      {answer.days && (
        <p>
          At {grouped(answer.days.units_per_day)} a day: <strong>{days(answer.days.most)}</strong>{range(answer.units, own)} at most
          {early != null && early < answer.days.most && <>, about {days(early)} if the change is that large</>}.
        </p>
      )}
      {answer.method === 'always-valid' && (
        <p class="soft">One look at the end would need {grouped(answer.fixed_horizon_units)}: what looking at any time costs.</p>
      )}
      {strict && <p class="soft">A strict plan needs more than this.</p>}
    </>
  );
}

/** The baseline: by default what the latest experiment with this goal showed, else the shop's own history. */
function useBefore(goal: string, experiments: Experiment[]): [Before, (change: Partial<Before>) => void] {
  const [before, put] = useState<Before>({ experiment: '', figure: '', deviation: '', perDay: '' });
  const latest = precedents(goal, experiments)[0]?.key ?? (goal && ownHistory);
  useEffect(() => put((old) => ({ ...old, experiment: latest })), [goal, latest]);
  return [before, (change) => put((old) => ({ ...old, ...change }))];
}

export function PowerBox({ draft, metrics, experiments, onChange }: {
  draft: Draft; metrics: Metric[]; experiments: Experiment[]; onChange: (change: Partial<Draft>) => void;
}) {
  const goal = metrics.find(({ key }) => key === goalOf(draft));
  const others = precedents(goal?.key ?? '', experiments).filter(({ key }) => key !== draft.key);
  const [before, setBefore] = useBefore(goal?.key ?? '', others);
  const [lead, setLead] = useState<Lead>(draft.smallest === '' && draft.units !== '' ? 'units' : 'change');
  const [touched, touch] = useState(false);
  const [wantedDays, setWantedDays] = useState('');
  const [perDay, setPerDay] = useState<number | null>(null);
  const [answer, setAnswer] = useState<SampleSize>();
  const [trouble, setTrouble] = useState('');
  const looked = useLookback(async () => (goal ? await api.sensitivity(goal.key) : undefined), goal?.key ?? '');
  const own = before.experiment === ownHistory ? ownOf(looked.value?.items[0], looked.value?.lookback, Number(draft.coverage) || 100) : null;
  const known = { ...before, own, perDay: before.perDay || (lead === 'days' && perDay ? String(perDay) : '') };
  const question = useRested(questionOf(draft, known, goal, lead, wantedDays), 250);

  useEffect(() => {
    let stale = false;
    setTrouble('');
    if (!question) return setAnswer(undefined);
    api.sampleSize(question).then(
      (told) => {
        if (stale) return;
        setAnswer(told);
        setPerDay(told.days?.units_per_day ?? null);
        if (touched) onChange(followed(told, lead));
      },
      (refused) => {
        if (stale) return;
        setAnswer(undefined);
        setTrouble(refused instanceof Refused ? refused.problem.errors?.[0]?.detail ?? refused.problem.detail : String(refused));
      });
    return () => { stale = true; };
  }, [JSON.stringify(question)]);

  const led = (by: Lead, change: Partial<Draft>) => { touch(true); setLead(by); onChange(change); };
  const shownDays = lead === 'days' ? wantedDays : daysOf(draft.units, perDay ?? (Number(before.perDay) || null));
  return (
    <section id="power" aria-labelledby="power-title">
      <h2 id="power-title">How large, how long</h2>
      {!goal && <p class="soft">Choose a goal first.</p>}
      {goal && (
        <>
          <Field id="baseline" label="Today's figure">
            <Choice id="baseline" value={before.experiment} onChoice={(experiment) => setBefore({ experiment })}
              options={[...others.map(({ key, name }) => [key, `as ${name || key} saw it`] as const), [ownHistory, 'from your own events'], ['', 'typed here']]} />
          </Field>
          {before.experiment === ownHistory && (
            <Looked live={looked}>{(answer, back) => <>{answer.items[0] && <p class="soft" id="own">{baselineWords(answer.items[0])}</p>}<LookbackNote of={back} /></>}</Looked>
          )}
          {before.experiment === '' && (
            <div class="row">
              <Field id="figure" label={isShare(goal) ? `${goal.key}, of units` : `Mean of ${goal.key}`} narrow>
                <Numeric id="figure" value={before.figure} unit={isShare(goal) ? '%' : ''} onText={(figure) => setBefore({ figure })} />
              </Field>
              {!isShare(goal) && (
                <Field id="deviation" label="Standard deviation" narrow>
                  <Numeric id="deviation" value={before.deviation} onText={(deviation) => setBefore({ deviation })} />
                </Field>
              )}
              <Field id="per-day" label="Units a day" narrow>
                <Numeric id="per-day" value={before.perDay} onText={(text) => setBefore({ perDay: text })} />
              </Field>
            </div>
          )}
        </>
      )}
      <Field id="smallest" label="Smallest change worth knowing">
        <Numeric id="smallest" value={draft.smallest} unit="% relative" onText={(smallest) => led('change', { smallest })} />
      </Field>
      <input class="slide" type="range" aria-label="Smallest change worth knowing, percent" min="0.5" max="20" step="0.5"
        value={draft.smallest || '5'} onInput={(event) => led('change', { smallest: event.currentTarget.value })} />
      <div class="row">
        <Field id="units" label="Planned size" narrow>
          <Numeric id="units" value={draft.units} unit="units" onText={(units) => led('units', { units })} />
        </Field>
        <Field id="days" label="That takes" narrow>
          <Numeric id="days" value={shownDays} unit="days" disabled={!perDay && !before.perDay}
            onText={(text) => { setWantedDays(text); led('days', {}); }} />
        </Field>
      </div>
      <div role="status">
        {answer && <Answer answer={answer} strict={draft.method === 'strict'} own={own} />}
        {trouble && <p class="soft">{trouble}</p>}
        {!question && goal && <p class="soft">Each of the three follows from the others{before.experiment === '' && ', once today\'s figure is known'}.</p>}
      </div>
    </section>
  );
}

import { api, type Sensitivity } from './api/client';
import { Section } from './fields';
import { Looked, LookbackNote, useLookback } from './lookback';
import { baselineWords, daysWords } from './sensitivity';
import { grouped } from './words';

const figure = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(3))));

/** The days as a line: the metric's figure of the units of each. */
function Days({ of }: { of: Sensitivity }) {
  const known = of.days.filter(({ value }) => value !== null);
  const most = Math.max(...known.map(({ value }) => value!), 0);
  const bar = (value: number | null) => (value === null || most <= 0 ? 0 : Math.max(0, (value / most) * 100));
  return (
    <>
      {known.length > 0 && most > 0 && (
        <figure class="bars stored">
          <svg viewBox="0 0 140 100" preserveAspectRatio="none" aria-hidden="true">
            {of.days.map(({ day, value }, at) => <rect key={day} x={at * 10 + 1} width="8" y={100 - bar(value)} height={bar(value)} />)}
          </svg>
          <figcaption class="soft"><span>{of.days[0]?.day}</span><span>figure of the units of each day, at most {figure(most)}</span><span>{of.days.at(-1)?.day}</span></figcaption>
        </figure>
      )}
      <details>
        <summary>The last 14 days as a table</summary>
        <table>
          <thead><tr><th>Day</th><th>Units</th><th>Figure</th></tr></thead>
          <tbody>{of.days.map(({ day, units, value }) => <tr key={day}><th>{day}</th><td>{grouped(units)}</td><td>{figure(value)}</td></tr>)}</tbody>
        </table>
        {known.length === 0 && <p class="soft">A day alone does not tell its figure.</p>}
      </details>
    </>
  );
}

function Found({ of }: { of: Sensitivity }) {
  const last = of.within.at(-1);
  return (
    <>
      <p><strong>{baselineWords(of)}</strong>, over {grouped(of.units)} units.</p>
      {of.changes.length > 0 && (
        <table>
          <caption class="soft">To find a change with two arms, 80 % power, looking at any time</caption>
          <thead><tr><th>Change</th><th>Units</th><th>Takes</th></tr></thead>
          <tbody>{of.changes.map((change) => <tr key={change.relative}><th>{Math.round(change.relative * 100)} %</th><td>{change.units === null ? '–' : grouped(Math.ceil(change.units))}</td><td>{daysWords(change)}</td></tr>)}</tbody>
        </table>
      )}
      {last?.relative != null && <p>In {last.days} days a change of {figure(last.relative * 100)} % is found.</p>}
      <Days of={of} />
    </>
  );
}

/** What the shop's own history says of planning with this metric. */
export function SensitivitySection({ metric }: { metric: string }) {
  const live = useLookback(() => api.sensitivity(metric), metric);
  return (
    <Section id="sensitivity" title="How small a change it can show">
      <Looked live={live}>{(answer, back) => <>{answer.items[0] && <Found of={answer.items[0]} />}<LookbackNote of={back} /></>}</Looked>
    </Section>
  );
}

import { useState } from 'preact/hooks';
import { api, type Metric, type MetricKind } from './api/client';
import { Choice, Field, Text, Trouble } from './fields';
import { useDeed } from './hooks';

type Simple = Extract<MetricKind, 'proportion' | 'count' | 'sum' | 'score'>;

const kinds: [Simple, string][] = [
  ['proportion', 'whether it happened'],
  ['count', 'how often it happened'],
  ['sum', 'the sum of its values'],
  ['score', 'the score that was given (NPS)'],
];

/** The usual metrics; all others are made by the API. */
export function NewMetric({ onMade }: { onMade: (metric: Metric) => void }) {
  const [event, setEvent] = useState('');
  const [kind, setKind] = useState<Simple>('proportion');
  const [direction, setDirection] = useState<'increase' | 'decrease'>('increase');
  const deed = useDeed();
  const make = () => deed.run(async () => {
    const key = kind === 'proportion' ? event : `${event}-${kind}`;
    const valued = kind === 'sum' || kind === 'score';
    onMade(await api.createMetric({ key, kind, event, direction, ...(valued && { property: 'value' }), ...(kind === 'score' && { score: { as: 'nps' } }) }));
    setEvent('');
  });
  return (
    <details>
      <summary>Not in the catalogue?</summary>
      <div class="row">
        <Field id="new-event" label="Event" narrow><Text id="new-event" value={event} placeholder="purchase" onText={setEvent} /></Field>
        <Field id="new-kind" label="What counts" narrow><Choice id="new-kind" value={kind} options={kinds} onChoice={setKind} /></Field>
        <Field id="new-direction" label="Better is" narrow>
          <Choice id="new-direction" value={direction} options={[['increase', 'more'], ['decrease', 'less']]} onChoice={setDirection} />
        </Field>
        <button type="button" class="quiet" disabled={event === '' || deed.busy} onClick={() => void make()}>Add the metric</button>
      </div>
      <Trouble problem={deed.problem} />
    </details>
  );
}

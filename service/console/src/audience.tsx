import { api, type Condition, type UnitCount } from './api/client';
import { useRested } from './hooks';
import { Looked, LookbackNote, useLookback } from './lookback';
import { grouped } from './words';

const share = (part: number, all: number): string => (all === 0 ? '' : ` (${Number(((part / all) * 100).toPrecision(2))} %)`);

/** How many units that were seen lately a condition lets in. */
export function CountWords({ count }: { count: NonNullable<UnitCount['count']> }) {
  return (
    <>
      <p><strong>{grouped(count.units)}</strong> of {grouped(count.of)} units seen{share(count.units, count.of)}.</p>
      {count.without_attributes > 0 && <p class="soft">Of {grouped(count.without_attributes)} no attributes are stored: they come with exposures and with traits.</p>}
    </>
  );
}

export function SegmentCount({ segment }: { segment: string }) {
  const live = useLookback(() => api.segmentCount(segment), segment);
  return (
    <Looked live={live}>
      {(answer, back) => (
        <>
          {answer.count && <CountWords count={answer.count} />}
          {answer.count && answer.count.sample.length > 0 && (
            <details>
              <summary>A few of them, by another name</summary>
              <ul class="plain">{answer.count.sample.map(({ pseudonym, attributes }) => <li key={pseudonym}><code>{pseudonym}</code> <bdi>{Object.entries(attributes).map(([name, value]) => `${name}: ${String(value)}`).join(', ') || 'no attributes'}</bdi></li>)}</ul>
            </details>
          )}
          <LookbackNote of={back} />
        </>
      )}
    </Looked>
  );
}

/** The same of a condition that is still being written. */
export function ConditionCount({ when }: { when: Condition }) {
  const rested = useRested(when, 400);
  const live = useLookback(() => api.countCondition(rested), JSON.stringify(rested));
  if (live.problem) return <p class="soft" id="audience">{live.problem.errors?.[0]?.detail ?? live.problem.detail}</p>;
  return <div id="audience" role="status"><Looked live={live}>{(answer) => answer.count && <CountWords count={answer.count} />}</Looked></div>;
}

import type { Metric } from './api/client';
import { isScore, type Draft, type DraftMetric, type Role } from './draft';
import { Choice, Field, Numeric, Section } from './fields';
import { NewMetric } from './new_metric';

const roles: [Role, string][] = [['goal', 'goal'], ['secondary', 'secondary'], ['guardrail', 'guardrail']];

const words = ({ key, name, direction }: Metric): string => `${name || key}${direction === 'decrease' ? ' (less is better)' : ''}`;

function MetricRow({ index, row, catalogue, onChange, onRemove }: {
  index: number; row: DraftMetric; catalogue: Metric[]; onChange: (change: Partial<DraftMetric>) => void; onRemove: () => void;
}) {
  const options = catalogue.map((each) => [each.key, words(each)] as const);
  const known = row.metric === '' || catalogue.some(({ key }) => key === row.metric);
  return (
    <div class="row">
      <Field id={`metric-${index}`} label="Metric">
        <Choice id={`metric-${index}`} value={row.metric} onChoice={(metric) => onChange({ metric })}
          options={[['', 'choose…'], ...options, ...(known ? [] : [[row.metric, row.metric] as const])]} />
      </Field>
      <Field id={`role-${index}`} label="Role" narrow>
        <Choice id={`role-${index}`} value={row.role} options={roles} onChoice={(role) => onChange({ role })} />
      </Field>
      {row.role === 'guardrail' && (
        <Field id={`margin-${index}`} label="Harm tolerated" narrow>
          <Numeric id={`margin-${index}`} value={row.margin} unit={isScore(row.metric, catalogue) ? 'points' : '%'} onText={(margin) => onChange({ margin })} />
        </Field>
      )}
      <button type="button" class="quiet" aria-label={`Remove metric ${row.metric || index + 1}`} onClick={onRemove}>Remove</button>
    </div>
  );
}

export function MeasuresSection({ draft, catalogue, onChange, onMade }: {
  draft: Draft; catalogue: Metric[]; onChange: (change: Partial<Draft>) => void; onMade: (metric: Metric) => void;
}) {
  const { metrics } = draft;
  const put = (index: number, change: Partial<DraftMetric>) =>
    onChange({ metrics: metrics.map((each, at) => (at === index ? { ...each, ...change } : each)) });
  const add = (role: Role, metric = '') => onChange({ metrics: [...metrics, { metric, role, margin: role === 'guardrail' ? '5' : '' }] });
  const take = (made: Metric) => {
    onMade(made);
    const free = metrics.findIndex(({ metric }) => metric === '');
    if (free >= 0) put(free, { metric: made.key });
    else add('secondary', made.key);
  };
  return (
    <Section id="metrics" title="Measured by">
      {metrics.map((row, index) => (
        <MetricRow key={index} index={index} row={row} catalogue={catalogue} onChange={(change) => put(index, change)}
          onRemove={() => onChange({ metrics: metrics.filter((_, at) => at !== index) })} />
      ))}
      <div class="row">
        {roles.map(([role, word]) => <button key={role} type="button" class="quiet" onClick={() => add(role)}>Add a {word}</button>)}
      </div>
      <NewMetric onMade={take} />
    </Section>
  );
}

import type { Segment } from './api/client';
import { ConditionCount } from './audience';
import { Choice, Field, Text } from './fields';
import { operators, writeWho, type Operator, type Row, type Who } from './who';

const choices = Object.entries(operators) as [Operator, string][];

function TestRow({ index, row, onChange, onRemove }: { index: number; row: Row; onChange: (row: Row) => void; onRemove: () => void }) {
  const name = `Condition ${index + 1}`;
  return (
    <div class="row test">
      <Text id={`who-${index}`} aria-label={`${name}: attribute`} placeholder="country" value={row.attribute} onText={(attribute) => onChange({ ...row, attribute })} />
      <Choice id={`who-${index}-operator`} label={`${name}: operator`} value={row.operator} options={choices} onChoice={(operator) => onChange({ ...row, operator })} />
      <Text id={`who-${index}-operand`} aria-label={`${name}: value`} placeholder={row.operator === 'in' ? 'DE, AT' : ''} value={row.operand} onText={(operand) => onChange({ ...row, operand })} />
      <button type="button" class="quiet" aria-label={`Remove condition ${index + 1}`} onClick={onRemove}>Remove</button>
    </div>
  );
}

/** Nothing while it is no condition yet. */
function written(who: Who) {
  try {
    return writeWho(who);
  } catch {
    return null;
  }
}

/** Whom a condition lets in, and how many that would be. */
export function WhoFields(all: { who: Who; segments: Segment[]; onChange: (who: Who) => void }) {
  const when = written(all.who);
  return <><Fields {...all} />{when && <ConditionCount when={when} />}</>;
}

function Fields({ who, segments, onChange }: { who: Who; segments: Segment[]; onChange: (who: Who) => void }) {
  if (who.kind === 'json')
    return (
      <Field id="who" label="Condition" hint="As the API writes it.">
        <textarea id="who" class="code" rows={6} spellcheck={false} value={who.text} onInput={(event) => onChange({ kind: 'json', text: event.currentTarget.value })} />
      </Field>
    );
  const { rows } = who;
  const put = (index: number, row: Row) => onChange({ ...who, rows: rows.map((each, at) => (at === index ? row : each)) });
  return (
    <div id="who">
      {segments.length > 0 && (
        <Field id="segment" label="Segment">
          <Choice id="segment" value={who.segment} onChoice={(segment) => onChange({ ...who, segment })}
            options={[['', 'Everybody'], ...segments.map(({ key, name }) => [key, name || key] as const)]} />
        </Field>
      )}
      {rows.length > 0 && <p class="label">Only where all of this holds:</p>}
      {rows.map((row, index) => (
        <TestRow key={index} index={index} row={row} onChange={(next) => put(index, next)}
          onRemove={() => onChange({ ...who, rows: rows.filter((_, at) => at !== index) })} />
      ))}
      <button type="button" class="quiet" onClick={() => onChange({ ...who, rows: [...rows, { attribute: '', operator: 'is', operand: '' }] })}>
        {rows.length > 0 ? 'Add a condition' : 'Only some of them: add a condition'}
      </button>
    </div>
  );
}

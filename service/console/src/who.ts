// Who takes part: a segment, and tests of attributes that all hold. Other conditions are written as JSON.
import type { Condition } from './api/client';

export const operators = {
  is: 'is', in: 'is one of', lt: '<', le: '≤', gt: '>', ge: '≥', contains: 'contains', starts: 'starts with',
  ends: 'ends with', matches: 'matches', before: 'is before', after: 'is after', version_lt: 'version <',
  version_ge: 'version ≥', cidr: 'network', exists: 'exists',
} as const;
export type Operator = keyof typeof operators;

export interface Row {
  attribute: string;
  operator: Operator;
  operand: string;
}

export type Who = { kind: 'rows'; rows: Row[]; segment: string } | { kind: 'json'; text: string };

const numeric = new Set<Operator>(['lt', 'le', 'gt', 'ge']);
const manyValued = new Set<Operator>(['in', 'cidr']);

function operandOf({ operator, operand }: Row): string | number | boolean | string[] {
  const text = operand.trim();
  if (operator === 'exists') return text !== 'false';
  if (manyValued.has(operator)) return text.split(',').map((each) => each.trim()).filter(Boolean);
  if (numeric.has(operator)) return Number(text);
  if (operator === 'is' && (text === 'true' || text === 'false')) return text === 'true';
  if (operator === 'is' && text !== '' && String(Number(text)) === text) return Number(text);
  return text;
}

function rowOf(condition: Condition): Row | null {
  if (!Array.isArray(condition)) return null;
  const [attribute, operator, operand] = condition;
  const row: Row = { attribute, operator, operand: Array.isArray(operand) ? operand.join(', ') : String(operand) };
  return JSON.stringify(operandOf(row)) === JSON.stringify(operand) ? row : null;
}

export function readWho(condition: Condition | null | undefined): Who {
  if (!condition) return { kind: 'rows', rows: [], segment: '' };
  const parts = !Array.isArray(condition) && 'all' in condition ? condition.all : [condition];
  const segments = parts.flatMap((part) => (!Array.isArray(part) && 'segment' in part ? [part.segment] : []));
  const rows = parts.map(rowOf).filter((row) => row !== null);
  const whole = segments.length <= 1 && segments.length + rows.length === parts.length;
  return whole
    ? { kind: 'rows', rows, segment: segments[0] ?? '' }
    : { kind: 'json', text: JSON.stringify(condition, null, 2) };
}

/** null: everybody. Throws where the JSON is none. */
export function writeWho(who: Who): Condition | null {
  if (who.kind === 'json') return who.text.trim() === '' ? null : (JSON.parse(who.text) as Condition);
  const tests = who.rows
    .filter(({ attribute }) => attribute.trim() !== '')
    .map((row): Condition => [row.attribute.trim(), row.operator, operandOf(row)]);
  const parts: Condition[] = who.segment ? [{ segment: who.segment }, ...tests] : tests;
  return parts.length === 0 ? null : parts.length === 1 ? parts[0]! : { all: parts };
}

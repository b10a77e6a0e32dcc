// Conditions as people say them.
import type { Condition, FlagRule } from './api/client';
import { operators, type Operator } from './who';

/** "DE" or 18, as it is written; texts without quotes where nothing is lost. */
const value = (operand: unknown): string =>
  typeof operand === 'string' && /^[\p{L}\p{N}][\p{L}\p{N} ._@/+-]*$/u.test(operand) ? operand : JSON.stringify(operand);

/** "is one of" */
export const operatorWords = (operator: string): string => operators[operator as Operator] ?? operator;

function test(subject: string, operator: string, operand: unknown): string {
  if (operator === 'exists') return `${subject} ${operand === false ? 'is not known' : 'is known'}`;
  return `${subject} ${operatorWords(operator)} ${Array.isArray(operand) ? operand.map(value).join(', ') : value(operand)}`;
}

const many = (parts: readonly Condition[], between: string): string =>
  parts.map((part) => (!Array.isArray(part) && ('all' in part || 'any' in part) ? `(${conditionWords(part)})` : conditionWords(part))).join(` ${between} `);

/** `{"all": [["country", "is", "DE"], {"segment": "new"}]}` -> "country is DE and in segment new" */
export function conditionWords(condition: Condition): string {
  if (Array.isArray(condition)) return test(condition[0], condition[1], condition[2]);
  if ('all' in condition) return condition.all.length === 0 ? 'always' : many(condition.all, 'and');
  if ('any' in condition) return condition.any.length === 0 ? 'never' : many(condition.any, 'or');
  if ('not' in condition) return `not (${conditionWords(condition.not)})`;
  if ('segment' in condition) return `in segment ${condition.segment}`;
  if ('flag' in condition) return test(`flag ${condition.flag[0]}`, String(condition.flag[1]), condition.flag[2]);
  if ('variant' in condition) return test(`variant of ${condition.variant[0]}`, String(condition.variant[1]), condition.variant[2]);
  return `GrowthBook's condition ${JSON.stringify(condition.growthbook)} holds`;
}

/** The attributes that are asked for by name. */
export function attributesOf(condition: Condition | null | undefined): string[] {
  if (!condition) return [];
  if (Array.isArray(condition)) return [condition[0]];
  if ('all' in condition) return condition.all.flatMap(attributesOf);
  if ('any' in condition) return condition.any.flatMap(attributesOf);
  return 'not' in condition ? attributesOf(condition.not) : [];
}

/** Of a million slots; null: all of them. */
export function sliceOf(rollout: FlagRule['rollout']): number | null {
  if (!rollout) return null;
  if (rollout.slots) return rollout.slots.reduce((sum, [begin, end]) => sum + (end ?? 0) - (begin ?? 0), 0);
  const { share } = rollout;
  return share === undefined ? null : typeof share === 'number' ? share : parseFloat(share) * 10_000;
}

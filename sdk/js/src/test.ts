// What a test asks of an attribute. A missing attribute, and one of another type than the operator reads, never
// matches; of a list, one element must.
import type { Operand, Test } from './document.js';

/** Thrown where this process cannot know the answer; whoever asks gets the default in the code and this cause. */
export class NotLocal extends Error {}

const remembered = new WeakMap<object, unknown>();

/** What `make` gives for a part of a snapshot, made once and forgotten with it. */
export function once<T>(part: object, make: () => T): T {
  if (!remembered.has(part)) remembered.set(part, make());
  return remembered.get(part) as T;
}

/** Reads plain values, but for missing ones and lists; `test` is whose operand it is. */
export type Operator = (value: any, operand: any, test: object) => boolean;

const ofNumbers = (holds: (a: number, b: number) => boolean): Operator => (a, b) => typeof a === 'number' && holds(a, b);
export const ofTexts = (holds: (a: string, b: any, test: object) => boolean): Operator => (a, b, test) =>
  typeof a === 'string' && holds(a, b, test);

/** By name. `touchstone/conditions` adds the rarer ones. */
export const operators: { [name: string]: Operator } = {
  is: (a, b) => a === b,
  in: (a, b) => once(b, () => new Set(b)).has(a),
  lt: ofNumbers((a, b) => a < b),
  le: ofNumbers((a, b) => a <= b),
  gt: ofNumbers((a, b) => a > b),
  ge: ofNumbers((a, b) => a >= b),
  contains: ofTexts((a, b) => a.includes(b)),
  starts: ofTexts((a, b) => a.startsWith(b)),
  ends: ofTexts((a, b) => a.endsWith(b)),
};

/** Whether a value passes a test; `value` is undefined where there is none. */
export function passes(value: unknown, test: Test): boolean {
  const [, name, operand] = test;
  if (name === 'exists') return (value !== undefined) === operand;
  const operator = operators[name];
  if (!operator) throw new NotLocal('operator ' + name);
  if (value === undefined) return false;
  const one = (element: unknown) => operator(element, operand, test);
  if (!Array.isArray(value)) return one(value);
  return name === 'contains' ? value.includes(operand as Operand) : value.some(one);
}

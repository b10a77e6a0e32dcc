// What a test asks of an attribute. A missing attribute, and one of another type than the operator reads, never
// matches; of a list, one element must.
import type { Test } from './document.js';

const remembered = new WeakMap<object, unknown>();

/** What `make` gives for a part of a snapshot, made once and forgotten with it. */
export function once<T>(part: object, make: () => T): T {
  if (!remembered.has(part)) remembered.set(part, make());
  return remembered.get(part) as T;
}

/** Reads plain values, but for missing ones and lists; `test` is whose operand it is. */
export type Operator = (value: any, operand: any, test: object) => boolean;

/** Of a value and an operand that have one type. */
export const alike = <T>(holds: (a: T, b: T, test: object) => boolean): Operator => (a, b, test) =>
  typeof a === typeof b && holds(a, b, test);

/** By name. `touchstone/conditions` adds the rarer ones. */
export const operators: { [name: string]: Operator } = {
  is: (a, b) => a === b,
  in: (a, b) => once(b, () => new Set(b)).has(a),
  lt: alike<number>((a, b) => a < b),
  le: alike<number>((a, b) => a <= b),
  gt: alike<number>((a, b) => a > b),
  ge: alike<number>((a, b) => a >= b),
  contains: alike<string>((a, b) => a.includes(b)),
  starts: alike<string>((a, b) => a.startsWith(b)),
  ends: alike<string>((a, b) => a.endsWith(b)),
};

/** Whether a value passes a test; `value` is undefined or null where there is none. */
export function passes(value: unknown, test: Test): boolean {
  const [, name, operand] = test;
  if (name === 'exists') return (value != null) === operand;
  const operator = operators[name === 'contains' && Array.isArray(value) ? 'is' : name];
  if (!operator) throw Error(name);
  const one = (element: unknown) => operator(element, operand, test);
  return Array.isArray(value) ? value.some(one) : one(value);
}

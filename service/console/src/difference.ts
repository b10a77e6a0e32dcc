/** A member that is another now; `undefined`: it is not there. */
export interface Difference {
  place: string; // "rules › 1 › give": places in lists count from 1
  before: unknown;
  after: unknown;
}

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What changed between two documents; lists of one length are compared place by place, others as a whole. */
export function differences(before: unknown, after: unknown, place: string[] = []): Difference[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => differences(before[name], after[name], [...place, name]));
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((each, index) => differences(each, after[index], [...place, String(index + 1)]));
  return [{ place: place.join(' › '), before, after }];
}

/** Of a document and the one before it, without what every change changes. */
export function changesOf(before: Members | undefined, after: Members): Difference[] {
  const { version: _, ...then } = before ?? {};
  const { version: __, ...now } = after;
  return differences(then, now);
}

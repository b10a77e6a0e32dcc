// The chance of a split by luck over time, on a logarithmic scale from 1 at the top down to below the alarm.
export interface Looked {
  at: string;
  p: number;
}

/** Where p lies between 1 (0) and a thousandth of the limit (`height`), or beyond. */
export function depth(p: number, limit: number, height: number): number {
  const lowest = Math.log(limit / 1000);
  return Number((height * Math.min(1, Math.max(0, Math.log(Math.max(p, Number.MIN_VALUE)) / lowest))).toFixed(2));
}

/** A line through the looks, left to right by when they were; one look is a line across. */
export function points(looks: Looked[], limit: number, width: number, height: number): { line: string; limit: number; words: string } {
  const times = looks.map(({ at }) => Date.parse(at));
  const [first = 0] = times;
  const span = (times.at(-1) ?? 0) - first;
  const place = (time: number): number => (span === 0 ? width : Number(((width * (time - first)) / span).toFixed(2)));
  const line = looks.map(({ p }, index) => `${place(times[index]!)},${depth(p, limit, height)}`);
  const alone = looks.length > 0 && span === 0 ? [`0,${depth(looks[0]!.p, limit, height)}`] : [];
  const last = looks.at(-1)?.p;
  const words = last === undefined ? 'unknown' : last < 0.001 ? 'below 0.1 %' : `${Number((100 * last).toPrecision(2))} %`;
  return { line: [...alone, ...line].join(' '), limit: depth(limit, limit, height), words };
}

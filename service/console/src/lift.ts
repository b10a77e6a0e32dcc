// Relative changes as people read them, and where they lie on an axis.
export interface Lift {
  estimate: number;
  low: number;
  high: number;
}

/** "+4.1 %", "−0.3 %"; never −0.0. */
export function percent(value: number): string {
  const shown = Number((value * 100).toPrecision(2));
  const digits = Math.abs(shown) >= 10 || Number.isInteger(shown) ? 0 : Math.abs(shown) >= 1 ? 1 : 2;
  const text = Math.abs(shown).toFixed(digits);
  return Number(text) === 0 ? '0 %' : `${shown < 0 ? '−' : '+'}${text} %`;
}

export const liftWords = ({ estimate, low, high }: Lift): string => `${percent(estimate)} (${percent(low)} to ${percent(high)})`;

/** The span that shows all estimates and zero, and most of every interval: one that is known badly does not hide the others. */
export function spanOf(lifts: Lift[]): [number, number] {
  const inner = [0, ...lifts.map(({ estimate }) => estimate)];
  const reach = Math.max(0.01, ...inner.map(Math.abs)) * 2;
  const low = Math.max(Math.min(0, ...lifts.map((each) => each.low)), -reach);
  const high = Math.min(Math.max(0, ...lifts.map((each) => each.high)), reach);
  const margin = (high - low) * 0.05 || 0.01;
  return [low - margin, high + margin];
}

/** In percent of the width, within it. */
export const placeOf = (value: number, [low, high]: [number, number]): number =>
  Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100));

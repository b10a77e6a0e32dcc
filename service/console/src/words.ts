// Numbers and times as the report writes them.
const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const grouped = (value: number): string => numbers.format(value);

let clock: Intl.DateTimeFormat | undefined; // UTC needs none

/** Times are told by the clock of a place from now on; by UTC where the browser does not know it. */
export function tellTimesIn(timeZone: string): void {
  clock = undefined;
  if (timeZone === 'UTC') return;
  try {
    clock = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'shortOffset' });
  } catch (unknown) {
    if (!(unknown instanceof RangeError)) throw unknown;
  }
}

/** "2026-11-21 14:05:10 UTC", "2026-11-21 15:05:10 UTC+1" */
export function second(time: string): string {
  if (!clock) return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
  const parts = Object.fromEntries(clock.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
  const ahead = parts['timeZoneName']!.replace('GMT', 'UTC').replace('-', '\u2212');
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']} ${ahead}`;
}

/** "2026-11-21 14:05 UTC" */
export const minute = (time: string): string => second(time).replace(/:\d\d UTC/, ' UTC');

/** "2026-11-21" */
export const day = (time: string): string => second(time).slice(0, 10);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Of slots: "20 %", on one line. */
export const share = (slots: number): string => `${Number((slots / 10_000).toFixed(4))}\u00A0%`;

export const plural = (count: number, one: string): string => `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;

// Numbers and times as the report writes them.
const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const grouped = (value: number): string => numbers.format(value);

/** "2026-11-21 14:05 UTC" */
export const minute = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;

/** "2026-11-21" */
export const day = (time: string): string => time.slice(0, 10);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Of slots: "20 %", on one line. */
export const share = (slots: number): string => `${Number((slots / 10_000).toFixed(4))}\u00A0%`;

export const plural = (count: number, one: string): string => `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;

/** RFC 3339 or a date, in microseconds, as a text in the order of time. */
export function instant(text: string): string | undefined {
  const found =
    /^(\d{4}-\d\d-\d\d)(?:[Tt ](([01]\d|2[0-3]):[0-5]\d:)([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d)))?$/.exec(text);
  if (!found) return;
  const [, date, clock = '00:00:', , seconds = '0', fraction = '', sign, hours, minutes] = found;
  const start = new Date(`${date}T${clock}00Z`);
  if (!(+start >= -1e14) || !start.toISOString().startsWith(date!)) return;
  const offset = sign ? +(sign + 1) * (+hours! * 60 + +minutes!) : 0;
  return `${5e12 + +start / 1e3 + +seconds - offset * 60}${fraction.slice(0, 6).padEnd(6, '0')}`;
}

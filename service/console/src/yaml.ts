/** Words that YAML 1.1 or 1.2 takes for something else than a text. */
const taken = /^(?:true|false|yes|no|on|off|y|n|null|~)$/i;
const plain = /^[A-Za-z][\w./-]*(?: [\w./-]+)*$/;

/** A JSON text is YAML, too; short words are easier to read without its quotes. */
const scalar = (value: unknown): string =>
  typeof value === 'string' && plain.test(value) && !taken.test(value) ? value : JSON.stringify(value);

const isFlat = (value: unknown): boolean => typeof value !== 'object' || value === null;

function lines(value: unknown): string[] {
  if (isFlat(value)) return [scalar(value)];
  if (Array.isArray(value)) {
    if (value.every(isFlat)) return [`[${value.map(scalar).join(', ')}]`];
    return value.flatMap((each) => lines(each).map((line, index) => (index === 0 ? '- ' : '  ') + line));
  }
  const members = Object.entries(value as object).filter(([, each]) => each !== undefined);
  if (members.length === 0) return ['{}'];
  return members.flatMap(([name, each]) => {
    const below = lines(each);
    const inline = below.length === 1 && (isFlat(each) || /^[[{]/.test(below[0]!));
    return inline ? [`${scalar(name)}: ${below[0]}`] : [`${scalar(name)}:`, ...below.map((line) => `  ${line}`)];
  });
}

/** A JSON value as YAML. */
export const yaml = (value: unknown): string => lines(value).join('\n') + '\n';

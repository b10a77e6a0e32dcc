const space = '\\t\\n\\f\\r ';
const noSpace = '\\0-\\x08\\v\\x0e-\\x1f!-\\u{10ffff}';

/** A pattern as the server reads it (RE2): code points, `\s` of ASCII, `.` all but a line feed. Classes stand in groups:
 * without them the engine of Node 18 overlooks /a[^b]$/u in "a😀". */
export function pattern(text: string): RegExp {
  let inClass = false;
  const within = (set: string) => (inClass ? set : `(?:[${set}])`);
  const translated = text.replace(/\\(.)|\{\d+(?:,\d*)?\}|[.[\]{}]/gsu, (token, escaped?: string) => {
    // RE2 finds it between the bytes of one character, too.
    if (escaped === 'B') throw Error('pattern with \\B');
    if (escaped === 's') return within(space);
    if (escaped === 'S') return within(noSpace);
    if (escaped) return /[a-z\d^$\\.*+?()[\]{}|/]/i.test(escaped) || (inClass && escaped === '-') ? token : escaped;
    if (token === '.') return inClass ? token : within('^\\n');
    if (token === '[' && !inClass) return (inClass = true), '(?:[';
    if (token === ']' && inClass) return (inClass = false), '])';
    return token[1] ? token : '\\' + token;
  });
  return new RegExp(translated, 'u');
}

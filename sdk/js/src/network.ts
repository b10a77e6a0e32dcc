const byte = /^(?:[1-9]?\d|1\d\d|2[0-4]\d|25[0-5])$/;

/** The bits of an address as a text of 128; those of IPv4 in their mapped form. */
function address(text: string): string | undefined {
  if (!/[.:]/.test(text)) return;
  const plain = (text.includes(':') ? text : '::ffff:' + text).replace(/:([^:]*)\.(.*)\.(.*)\.([^.]*)$/, (all, ...found) => {
    const parts = found.slice(0, 4);
    return parts.every((part) => byte.test(part))
      ? ':' + [0, 2].map((at) => (parts[at] * 256 + +parts[at + 1]).toString(16)).join(':')
      : all;
  });
  const [head, tail, more] = plain.split('::').map((half) => (half ? half.split(':') : []));
  const gap = 8 - head!.length - (tail ? tail.length : 0);
  if (more || (tail ? gap < 1 : gap)) return;
  const groups = tail ? [...head!, ...Array<string>(gap).fill('0'), ...tail] : head!;
  if (groups.every((group) => /^[\da-f]{1,4}$/i.test(group)))
    return groups.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

/** Whether an address lies in a network. */
export function inNetwork(text: string, network: string): boolean {
  const [base, bits] = network.split('/');
  const length = bits ? +bits + (base!.includes(':') ? 0 : 96) : 128;
  const found = address(text);
  return !!found && found.slice(0, length) === address(base!)!.slice(0, length);
}

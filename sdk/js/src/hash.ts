// The draw of scheme touchstone-1.

const utf8 = new TextEncoder();
const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));
const scramble = (k: number) => Math.imul(rotate(Math.imul(k, 0xcc9e2d51), 15), 0x1b873593);

/** MurmurHash3 x86 32 over the UTF-8 of a text. */
export function murmur3(text: string, seed = 0): number {
  const bytes = utf8.encode(text);
  let h = seed;
  let block = 0;
  for (let at = 0; at < bytes.length; ++at) {
    block |= bytes[at]! << (8 * (at & 3));
    if (~at & 3) continue;
    h = Math.imul(rotate(h ^ scramble(block), 13), 5) + 0xe6546b64;
    block = 0;
  }
  h ^= scramble(block) ^ bytes.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One of 1,000,000 equal parts: every intermediate result is exact in a double. */
export const slotOf = (salt: string, id: string) => Math.floor((murmur3(`${salt}\x1f${id}`) * 1e6) / 2 ** 32);

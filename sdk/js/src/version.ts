const number = (digits: string) => {
  const plain = digits.replace(/^0+/, '');
  return String.fromCharCode(plain.length) + plain;
};

/** Semantic Versioning 2.0, read generously, as a text in its order. */
export function version(text: string): string | undefined {
  const found = /^v?(\d+(?:\.\d+){0,7})(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+.*)?$/s.exec(text);
  if (!found) return;
  const core = [...found[1]!.split('.'), ...Array<string>(7).fill('')].slice(0, 8).map(number).join('');
  const parts = found[2]?.split('.').map((part) => (/^\d+$/.test(part) ? '0' + number(part) : '1' + part));
  return core + (parts ? parts.join('\0') : '2');
}

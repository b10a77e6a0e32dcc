// Writes what Vite built as C++ that has it, compressed: dist/assets.cpp.in. Refuses more than the console may weigh.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const media = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const most = { js: 120_000, css: 15_000 };
const mostOfReport = 40_000; // of script: people read reports on phones
const folder = new URL('dist/assets/', import.meta.url);

const literal = (bytes) =>
  '"' + bytes.reduce((text, byte) => text + '\\' + byte.toString(8).padStart(3, '0'), '') + '"';

const files = readdirSync(folder).map((name) => ({ name, kind: name.split('.').at(-1), gzip: gzipSync(readFileSync(new URL(name, folder)), { level: 9 }) }));

/** Of the files whose names begin with one of these words: what a page loads. */
function weigh(words, kind, limit) {
  const bytes = files.filter((file) => file.kind === kind && words.some((word) => file.name.startsWith(word))).reduce((sum, { gzip }) => sum + gzip.length, 0);
  if (bytes > limit) throw new Error(`${words} weigh ${bytes} bytes as gzip, more than ${limit}`);
  console.log(`${words}, ${kind}: ${bytes} bytes as gzip`);
}
weigh(['console', 'part'], 'js', most.js);
weigh(['console'], 'css', most.css);
weigh(['report', 'part'], 'js', mostOfReport);

const rows = files.map(({ name, kind, gzip }) => `    {"${name}", "${media[kind]}", {${literal([...gzip])}, ${gzip.length}}},\n`);

writeFileSync(
  new URL('dist/assets.cpp.in', import.meta.url),
  `#include <array>

#include "service/console/assets.hpp"

namespace touchstone::console {

std::span<const Asset> assets() noexcept {
  static constexpr std::array<Asset, ${rows.length}> all{{
${rows.join('')}  }};
  return all;
}

}  // namespace touchstone::console
`,
);

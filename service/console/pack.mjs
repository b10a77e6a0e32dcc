// Writes what Vite built as C++ that has it, compressed: dist/assets.cpp.in. Refuses more than the console may weigh.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const media = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const most = { js: 120_000, css: 15_000 };
const folder = new URL('dist/assets/', import.meta.url);

const literal = (bytes) =>
  '"' + bytes.reduce((text, byte) => text + '\\' + byte.toString(8).padStart(3, '0'), '') + '"';

const rows = readdirSync(folder).map((name) => {
  const kind = name.split('.').at(-1);
  const gzip = gzipSync(readFileSync(new URL(name, folder)), { level: 9 });
  if (!(gzip.length <= most[kind])) throw new Error(`${name} is ${gzip.length} bytes as gzip, more than ${most[kind]}`);
  console.log(`${name}: ${gzip.length} bytes as gzip`);
  return `    {"${name}", "${media[kind]}", {${literal([...gzip])}, ${gzip.length}}},\n`;
});

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

// What a page has to load: the core with everything it needs, minified and compressed.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const folder = fileURLToPath(new URL('../../../sdk/js/', import.meta.url));
const { build } = createRequire(folder)('esbuild');

async function size(entry) {
  const { outputFiles } = await build({
    entryPoints: [`${folder}dist/${entry}.js`], bundle: true, minify: true, format: 'esm', target: 'es2022', write: false,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** The limit of the core is promised; those of the others keep them from growing unseen. */
for (const [entry, most] of [['index', 4096], ['remote', 3200], ['node', 5250]])
  test(`${entry} is at most ${most} bytes`, async (t) => {
    const bytes = await size(entry);
    t.diagnostic(`${bytes} bytes`);
    assert.ok(bytes <= most, `${entry}: ${bytes} bytes`);
  });

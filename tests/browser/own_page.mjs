// A page of a shop of one's own: a bundle of our SDKs and the page that loads it, served from an origin of its own.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../sdk/js/', import.meta.url));

/** What the statements export, as one script that runs before the page is drawn and names it `globalName`. */
export async function bundled(globalName, contents) {
  const { build } = createRequire(folder)('esbuild');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true, minify: true, format: 'iife', globalName, target: 'es2022', write: false,
  });
  return outputFiles[0].text;
}

/** Serves the script at /sdk.js and at / what `page` makes of the address asked for. */
export async function servePage(script, page) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://shop');
    if (url.pathname === '/sdk.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    if (url.pathname !== '/') return response.writeHead(204).end();
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(await page(url));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

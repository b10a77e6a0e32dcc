// npm run client -- URL: writes src/api/schema.ts, the types of what the console asks of the service, from its OpenAPI
// document. A test proves that the file is what the document says.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const asked = {
  '/v1/experiments': ['get', 'post'],
  '/v1/experiments/{key}': ['get', 'patch'],
  '/v1/experiments/{key}/decisions': ['get', 'post'],
  '/v1/experiments/{key}/live': ['get'],
  '/v1/experiments/{key}/plan-change': ['post'],
  '/v1/experiments/{key}/preflight': ['get'],
  '/v1/experiments/{key}/report': ['get'],
  '/v1/experiments/{key}/share-links': ['get', 'post'],
  '/v1/experiments/{key}:start': ['post'],
  '/v1/experiments/{key}:pause': ['post'],
  '/v1/experiments/{key}:resume': ['post'],
  '/v1/experiments/{key}:stop': ['post'],
  '/v1/experiments/{key}:archive': ['post'],
  '/v1/changes': ['get'],
  '/v1/environment': ['get', 'patch'],
  '/v1/events': ['get'],
  '/v1/explain': ['get'],
  '/v1/flags': ['get'],
  '/v1/flags/{key}': ['get', 'patch'],
  '/v1/keys': ['get', 'post'],
  '/v1/keys/{id}': ['delete'],
  '/v1/layers': ['get'],
  '/v1/ledger': ['get'],
  '/v1/me': ['get'],
  '/v1/me/password': ['post'],
  '/v1/me/sessions': ['get', 'delete'],
  '/v1/me/sessions/{id}': ['delete'],
  '/v1/metrics': ['get', 'post'],
  '/v1/metrics/{key}': ['patch'],
  '/v1/metrics/{key}/sensitivity': ['get'],
  '/v1/portfolio': ['get'],
  '/v1/people': ['get', 'post'],
  '/v1/people/{email}': ['patch'],
  '/v1/people/{email}:reset': ['post'],
  '/v1/quarantine': ['get'],
  '/v1/quarantine/replay': ['post'],
  '/v1/retention': ['get', 'put'],
  '/v1/sample-size': ['post'],
  '/v1/segments': ['get'],
  '/v1/segments/{key}/count': ['get'],
  '/v1/segment-counts': ['post'],
  '/v1/sensitivity': ['get'],
  '/v1/share-links/{id}': ['delete'],
  '/v1/views': ['get', 'post'],
  '/v1/views/{key}': ['delete'],
};

const pick = (object, names) => Object.fromEntries(names.map((name) => [name, object[name]]));

/** Everything that `value` refers to, and what that refers to. */
function reach(document, value, found = new Set()) {
  for (const [, reference] of JSON.stringify(value).matchAll(/"#\/components\/(\w+\/\w[\w-]*)/g)) {
    if (found.has(reference)) continue;
    found.add(reference);
    const [kind, name] = reference.split('/');
    reach(document, document.components[kind][name], found);
  }
  return found;
}

/** Words are for people, and errors have one form. */
function bare(value) {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name, part]) =>
    !(typeof part === 'string' && ['description', 'summary'].includes(name)) && !['examples', 'example'].includes(name)
    && !/^[345]\d\d$/.test(name));
  return Object.fromEntries(kept.map(([name, part]) => [name, bare(part)]));
}

/** The part of the document that the console asks. */
function needed(document) {
  const all = bare(document.paths);
  const paths = Object.fromEntries(Object.entries(asked).map(([path, methods]) => [path, pick(all[path], methods)]));
  const components = {};
  for (const reference of [...reach(document, paths)].sort()) {
    const [kind, name] = reference.split('/');
    (components[kind] ??= {})[name] = bare(document.components[kind][name]);
  }
  return { openapi: document.openapi, info: { title: 'Touchstone', version: '1' }, paths, components };
}

export async function typesOf(document) {
  return `// Made by npm run client from the service's OpenAPI document.\n\n${astToString(
    await openapiTS(needed(document), { defaultNonNullable: false }))}`;
}

export const schemaFile = new URL('src/api/schema.ts', import.meta.url);

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const from = process.argv[2] ?? 'http://127.0.0.1:8080/openapi.json';
  const text = from.startsWith('http') ? await (await fetch(from)).text() : readFileSync(from, 'utf8');
  writeFileSync(schemaFile, await typesOf(JSON.parse(text)));
}

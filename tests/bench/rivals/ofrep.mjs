// OFREP around another vendor's evaluator, as small as a server in Node can be: node ofrep.mjs growthbook|flagd PORT.
// Twenty experiments of two equal variants behind three conditions that hold; single and bulk evaluation, no ETag.
import { createServer } from 'node:http';
import { GrowthBookClient } from '@growthbook/growthbook';
import { FlagdCore } from '@openfeature/flagd-core';

const keys = Array.from({ length: 20 }, (_, i) => `e${i}`);
const byKey = (make) => Object.fromEntries(keys.map((key) => [key, make(key)]));

function growthbook() {
  const condition = { country: { $in: ['DE', 'FR', 'NL'] }, plan: { $ne: 'free' }, age: { $gte: 18 } };
  const features = byKey((key) => ({ defaultValue: 'none', rules: [{ key, condition, hashVersion: 2, variations: ['control', 'treatment'] }] }));
  const client = new GrowthBookClient();
  client.initSync({ payload: { features } });
  return ({ targetingKey, ...rest }) => {
    const user = { attributes: { id: targetingKey, ...rest } };
    return (key) => {
      const { value, experimentResult } = client.evalFeature(key, user);
      return { key, value, reason: 'SPLIT', variant: experimentResult?.key, metadata: { experiment: key } };
    };
  };
}

function flagd() {
  const targeting = { if: [{ and: [{ in: [{ var: 'country' }, ['DE', 'FR', 'NL']] }, { '!=': [{ var: 'plan' }, 'free'] }, { '>=': [{ var: 'age' }, 18] }] },
    { fractional: [['control', 50], ['treatment', 50]] }, 'none'] };
  const core = new FlagdCore();
  core.setConfigurations(JSON.stringify({ flags: byKey(() => ({ state: 'ENABLED', defaultVariant: 'none', targeting,
    variants: { none: 'none', control: 'control', treatment: 'treatment' } })) }));
  return (context) => (key) => {
    const { value, variant, reason, flagMetadata } = core.resolveStringEvaluation(key, 'none', context, console);
    return { key, value, reason, variant, metadata: flagMetadata };
  };
}

const [which, port] = process.argv.slice(2);
const evaluator = { growthbook, flagd }[which]();

createServer((request, response) => {
  let text = '';
  request.on('data', (part) => { text += part; });
  request.on('end', () => {
    const evaluate = evaluator(JSON.parse(text).context);
    const key = request.url.slice('/ofrep/v1/evaluate/flags/'.length);
    const body = JSON.stringify(key ? evaluate(key) : { flags: keys.map(evaluate) });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
  });
}).listen(Number(port), '127.0.0.1');

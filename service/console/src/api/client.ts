import type { components, paths } from './schema';

type Schemas = components['schemas'];
export type ApiKey = Schemas['ApiKey'];
export type Change = Schemas['Change'];
export type ChangeList = Schemas['ChangeList'];
export type Environment = Schemas['Environment'];
export type Retention = Schemas['Retention'];
export type Experiment = Schemas['Experiment'];
export type ExperimentChange = Schemas['ExperimentChange'];
export type NewExperiment = Schemas['NewExperiment'] & { key: string; variants: Schemas['VariantChange'][] };
export type VariantChange = Schemas['VariantChange'];
export type Condition = Schemas['Condition'];
export type Explanation = Schemas['Explanation'];
export type FlagChange = Schemas['FlagChange'];
export type FlagRule = Schemas['FlagRule'];
export type Decision = Schemas['Decision'];
export type NewDecision = Schemas['NewDecision'];
export type Flag = Schemas['Flag'];
export type Me = Schemas['Me'];
export type Metric = Schemas['Metric'];
export type MetricKind = Schemas['MetricKind'];
export type KeyKind = Schemas['KeyKind'];
export type Ledger = Schemas['Ledger'];
export type LedgerLine = Schemas['LedgerLine'];
export type Quarantined = Schemas['Quarantined'];
export type StoredEvent = Schemas['StoredEvent'];
export type LiveState = Schemas['LiveState'];
export type Layer = Schemas['Layer'];
export type Segment = Schemas['Segment'];
export type Person = Schemas['Person'];
export type PersonLink = Schemas['PersonLink'];
export type Plan = Schemas['Plan'];
export type PlannedChange = Schemas['PlannedChange'];
export type Preflight = Schemas['Preflight'];
export type PreflightCheck = Schemas['PreflightCheck'];
export type Lookback = Schemas['Lookback'];
export type Portfolio = Schemas['Portfolio'];
export type Problem = Schemas['Problem'];
export type Report = Schemas['Report'];
export type Sensitivity = Schemas['Sensitivity'];
export type UnitCount = Schemas['UnitCount'];
export type View = Schemas['View'];
export type Role = Schemas['Role'];
export type SampleSize = Schemas['SampleSize'];
export type SampleSizeQuestion = Schemas['SampleSizeQuestion'];

/** What the service said no to: `problem` has the places and what to do. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

const unreachable: Problem = {
  type: '/problems/unavailable',
  title: 'No answer',
  status: 503,
  detail: 'The service does not answer.',
};

type Answers<Operation> = Operation extends { responses: infer Responses }
  ? { [Status in keyof Responses]: Status extends 200 | 201 ? Responses[Status] : never }[keyof Responses] extends { content: { 'application/json': infer Content } }
    ? Content
    : never
  : never;
type Body<Operation> = Operation extends { requestBody?: { content: { 'application/json': infer Content } } } ? Content : never;

interface Wish<Operation> {
  key?: string;
  version?: number; // the change is made to this one, or not at all
  query?: Record<string, string>;
  body?: Body<Operation>;
}

/** What the document promises for a route; whatever goes wrong is thrown as Refused. */
async function ask<Path extends keyof paths, Method extends 'get' | 'post' | 'put' | 'patch' | 'delete'>(
  method: Method, path: Path, { key = '', version, query, body }: Wish<paths[Path][Method]> = {},
): Promise<Answers<paths[Path][Method]>> {
  const target = path.replace(/\{\w+\}/, encodeURIComponent(key)) + (query ? `?${new URLSearchParams(query)}` : '');
  // The session is in a cookie; no page of another origin can send the first header along with it.
  const headers = { 'X-API-Key': 'session', 'Content-Type': 'application/json', ...(version !== undefined && { 'If-Match': `"${version}"` }) };
  const answer = await fetch(target, { method: method.toUpperCase(), headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    .then(async (response) => ({ good: response.ok, content: response.status === 204 ? undefined : await response.json() }))
    .catch(() => ({ good: false, content: unreachable }));
  if (!answer.good) throw new Refused(answer.content);
  return answer.content;
}

type Page<T> = { items: T[]; next?: string };

/** Every page of a list. */
async function all<T>(page: (after: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | undefined; ; ) {
    const { items: more, next } = await page(after);
    items.push(...more);
    if (!next) return items;
    after = next;
  }
}

const page = (after: string | undefined) => ({ query: { limit: '1000', ...(after && { after }) } });

export type Move = 'pause' | 'resume' | 'stop' | 'archive';

export const api = {
  allExperiments: () => all((after) => ask('get', '/v1/experiments', { query: { ...page(after).query, archived: 'true' } })),
  experiments: () => all((after) => ask('get', '/v1/experiments', page(after))),
  metrics: () => all((after) => ask('get', '/v1/metrics', page(after))),
  layers: () => all((after) => ask('get', '/v1/layers', page(after))),
  allSegments: () => all((after) => ask('get', '/v1/segments', { query: { ...page(after).query, archived: 'true' } })),
  segments: () => all((after) => ask('get', '/v1/segments', page(after))),
  environment: () => ask('get', '/v1/environment'),
  changeEnvironment: (version: number, body: Schemas['EnvironmentChange']) => ask('patch', '/v1/environment', { version, body }),
  retention: () => ask('get', '/v1/retention'),
  changeRetention: (months: number | null) => ask('put', '/v1/retention', { body: { months } }),
  experiment: (key: string) => ask('get', '/v1/experiments/{key}', { key }),
  report: (key: string) => ask('get', '/v1/experiments/{key}/report', { key }),
  decisions: (key: string) => ask('get', '/v1/experiments/{key}/decisions', { key }),
  decide: (key: string, body: NewDecision) => ask('post', '/v1/experiments/{key}/decisions', { key, body }),
  shareLinks: (key: string) => ask('get', '/v1/experiments/{key}/share-links', { key }),
  share: (key: string, expires_in: string) => ask('post', '/v1/experiments/{key}/share-links', { key, body: { expires_in } }),
  takeBack: (id: string) => ask('delete', '/v1/share-links/{id}', { key: id }),
  portfolio: (query: Record<string, string>) => ask('get', '/v1/portfolio', { query }),
  sensitivities: () => ask('get', '/v1/sensitivity'),
  sensitivity: (key: string) => ask('get', '/v1/metrics/{key}/sensitivity', { key }),
  segmentCount: (key: string) => ask('get', '/v1/segments/{key}/count', { key }),
  countCondition: (when: Condition) => ask('post', '/v1/segment-counts', { body: { when } }),
  views: async () => (await ask('get', '/v1/views')).items,
  putView: (body: Schemas['NewView']) => ask('post', '/v1/views', { body }),
  deleteView: (key: string) => ask('delete', '/v1/views/{key}', { key }),
  preflight: (key: string) => ask('get', '/v1/experiments/{key}/preflight', { key }),
  create: (body: NewExperiment) => ask('post', '/v1/experiments', { body }),
  change: (key: string, version: number, body: ExperimentChange) => ask('patch', '/v1/experiments/{key}', { key, version, body }),
  foresee: (key: string, body: ExperimentChange) => ask('post', '/v1/experiments/{key}/plan-change', { key, body }),
  start: (key: string, version: number, body: { despite?: string[]; reason?: string }) =>
    ask('post', '/v1/experiments/{key}:start', { key, version, body }),
  move: (key: string, version: number, move: Move, reason: string) =>
    ask('post', `/v1/experiments/{key}:${move}`, { key, version, body: { reason } }),
  flag: (key: string) => ask('get', '/v1/flags/{key}', { key }),
  flags: () => all((after) => ask('get', '/v1/flags', { query: { ...page(after).query, archived: 'true' } })),
  changeFlag: (key: string, version: number, body: FlagChange, reason: string) =>
    ask('patch', '/v1/flags/{key}', { key, version, body, ...(reason && { query: { reason } }) }),
  explain: (query: Record<string, string>) => ask('get', '/v1/explain', { query }),
  ledger: (query: Record<string, string>) => ask('get', '/v1/ledger', { query }),
  latestEvents: (limit: number) => ask('get', '/v1/events', { query: { limit: String(limit) } }),
  aside: (after?: string) => ask('get', '/v1/quarantine', { query: { limit: '100', ...(after && { after }) } }),
  replay: (body: { ids?: number[]; earlier?: string }) => ask('post', '/v1/quarantine/replay', { body }),
  changes: (query: Record<string, string>) => ask('get', '/v1/changes', { query: { newest: 'true', limit: '100', ...query } }),
  keys: () => all((after) => ask('get', '/v1/keys', page(after))),
  makeKey: (kind: KeyKind, name: string) => ask('post', '/v1/keys', { body: { kind, name } }),
  revokeKey: (id: string) => ask('delete', '/v1/keys/{id}', { key: id }),
  me: () => ask('get', '/v1/me'),
  changePassword: (body: Schemas['PasswordChange']) => ask('post', '/v1/me/password', { body }),
  sessions: () => ask('get', '/v1/me/sessions'),
  endSession: (id: string) => ask('delete', '/v1/me/sessions/{id}', { key: id }),
  endSessions: () => ask('delete', '/v1/me/sessions'),
  people: () => ask('get', '/v1/people'),
  invite: (body: Schemas['NewPerson']) => ask('post', '/v1/people', { body }),
  changePerson: (email: string, body: Schemas['PersonChange']) => ask('patch', '/v1/people/{email}', { key: email, body }),
  resetPerson: (email: string) => ask('post', '/v1/people/{email}:reset', { key: email }),
  changeMetric: (key: string, version: number, body: Schemas['MetricChange']) => ask('patch', '/v1/metrics/{key}', { key, version, body }),
  createMetric: (body: Schemas['NewMetric']) => ask('post', '/v1/metrics', { body }),
  sampleSize: (body: SampleSizeQuestion) => ask('post', '/v1/sample-size', { body }),
};

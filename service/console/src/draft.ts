// What the form holds, and the experiment that it stands for. Texts are as they were typed.
import type { Condition, Experiment, ExperimentChange, Metric, NewExperiment, Plan } from './api/client';
import { readWho, writeWho, type Who } from './who';

export type Role = 'goal' | 'secondary' | 'guardrail';

export interface DraftVariant {
  key: string;
  name: string;
  weight: string;
  values: Record<string, string>; // by flag: JSON, or a text without quotes
}

export interface DraftMetric {
  metric: string;
  role: Role;
  margin: string; // of a guardrail: percent, or points of a score
}

export type Exposure = 'evaluate' | 'client' | 'event';

export interface Draft {
  key: string;
  name: string;
  hypothesis: string;
  owner: string;
  unit: string;
  layer: string; // empty: one of its own
  coverage: string; // percent
  who: Who;
  sticky: boolean;
  exposure: Exposure;
  event: string; // that exposes
  variants: DraftVariant[]; // control first
  metrics: DraftMetric[];
  smallest: string; // percent
  units: string;
  method: 'always-valid' | 'fixed-horizon' | 'strict';
  alpha: string; // percent
  kept: Partial<Experiment>; // as it was loaded: what the form has no field for stays as it is
}

export const emptyDraft = (): Draft => ({
  key: '',
  name: '',
  hypothesis: '',
  owner: '',
  unit: 'user',
  layer: '',
  coverage: '100',
  who: { kind: 'rows', rows: [], segment: '' },
  sticky: false,
  exposure: 'evaluate',
  event: '',
  variants: [
    { key: 'control', name: '', weight: '50', values: {} },
    { key: '', name: '', weight: '50', values: {} },
  ],
  metrics: [{ metric: '', role: 'goal', margin: '' }],
  smallest: '',
  units: '',
  method: 'always-valid',
  alpha: '5',
  kept: {},
});

/** A number as it is typed: no noise of binary fractions. */
export const typed = (value: number): string => String(Number(value.toPrecision(12)));

const percent = (share: number | null | undefined): string => (share == null ? '' : typed(share * 100));
const number = (text: string): number | null => (text.trim() === '' ? null : Number(text));
const share = (text: string): number | null => {
  const value = number(text);
  return value === null ? null : Number(typed(value / 100));
};

export const isScore = (metric: string, catalogue: Metric[]): boolean =>
  catalogue.find((each) => each.key === metric)?.kind === 'score';

export function draftOf(experiment: Experiment, catalogue: Metric[]): Draft {
  const { plan } = experiment;
  const controlFirst = [...experiment.variants].sort((a, b) => Number(b.control) - Number(a.control));
  const { exposure } = experiment;
  return {
    key: experiment.key,
    name: experiment.name,
    hypothesis: experiment.hypothesis,
    owner: experiment.owner,
    unit: experiment.unit_type,
    layer: experiment.layer ?? '',
    coverage: typed(experiment.coverage / 10_000),
    who: readWho(experiment.when),
    sticky: experiment.sticky !== undefined,
    exposure: typeof exposure === 'string' ? exposure : 'event',
    event: typeof exposure === 'string' ? '' : exposure.event,
    variants: controlFirst.map(({ key, name, weight, values }) => ({
      key,
      name,
      weight: typed(weight / 10_000),
      values: Object.fromEntries(Object.entries(values).map(([flag, value]) => [flag, JSON.stringify(value)])),
    })),
    metrics: (plan.metrics ?? []).map(({ metric, role, margin }) => ({
      metric,
      role: role ?? 'secondary',
      margin: isScore(metric, catalogue) ? (margin == null ? '' : typed(margin)) : percent(margin),
    })),
    smallest: percent(plan.smallest_effect),
    units: plan.horizon?.units == null ? '' : String(plan.horizon.units),
    method: plan.method?.id ?? 'always-valid',
    alpha: percent(plan.alpha ?? 0.05),
    kept: experiment,
  };
}

/** JSON where it is JSON; what is typed without quotes is a text. */
export function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const flagsOf = (variants: DraftVariant[]): string[] => [
  ...new Set(variants.flatMap(({ values }) => Object.keys(values))),
];

function valuesOf(values: Record<string, string>): Record<string, unknown> {
  const told = Object.entries(values).filter(([flag, text]) => flag !== '' && text.trim() !== '');
  return Object.fromEntries(told.map(([flag, text]) => [flag, valueOf(text)]));
}

function planOf(draft: Draft, catalogue: Metric[]): Plan {
  const { frozen_at: _, ...before } = draft.kept.plan ?? {};
  const { units: __, ...horizon } = before.horizon ?? {};
  const size = number(draft.units);
  const plan: Plan = {
    ...before,
    metrics: draft.metrics
      .filter(({ metric }) => metric !== '')
      .map(({ metric, role, margin }) => {
        const limit = isScore(metric, catalogue) ? number(margin) : share(margin);
        return { metric, role, ...(role === 'guardrail' && limit !== null && { margin: limit }) };
      }),
    alpha: share(draft.alpha) ?? 0.05,
    method: before.method?.id === draft.method ? before.method : { id: draft.method },
    smallest_effect: share(draft.smallest),
  };
  const ends = { ...horizon, ...(size !== null && { units: size }) };
  delete plan.horizon;
  return Object.keys(ends).length > 0 ? { ...plan, horizon: ends } : plan;
}

function exposureOf(draft: Draft): ExperimentChange['exposure'] {
  if (draft.exposure !== 'event') return draft.exposure;
  const before = draft.kept.exposure;
  const filter = typeof before === 'object' && before.event === draft.event ? before.filter : undefined;
  return { event: draft.event, ...(filter && { filter }) };
}

/** The body of a POST or PATCH. Members that say what is meant anyway are left out. */
export function experimentOf(draft: Draft, catalogue: Metric[]): NewExperiment {
  const when: Condition | null = writeWho(draft.who);
  const saved = draft.kept.key !== undefined;
  return {
    key: draft.key,
    ...((draft.name || saved) && { name: draft.name }),
    ...((draft.hypothesis || saved) && { hypothesis: draft.hypothesis }),
    ...((draft.owner || saved) && { owner: draft.owner }),
    unit_type: draft.unit,
    ...((draft.layer || saved) && { layer: draft.layer || null }),
    coverage: `${typed(Number(draft.coverage))}%`,
    ...((when || saved) && { when }),
    ...((draft.sticky || saved) && { sticky: draft.sticky && (draft.kept.sticky ?? true) }),
    exposure: exposureOf(draft)!,
    variants: draft.variants.map(({ key, name, weight, values }, index) => ({
      key,
      ...(name && { name }),
      control: index === 0,
      weight: Number(weight),
      ...(Object.keys(valuesOf(values)).length > 0 && { values: valuesOf(values) }),
    })),
    plan: planOf(draft, catalogue),
  };
}

/** What is yet to be said before it can be saved or started, each with the field it is about. */
export interface ToDo {
  done: boolean;
  what: string;
  field: string;
  needed: 'save' | 'start' | 'result';
}

const sum = (values: number[]) => values.reduce((all, each) => all + each, 0);

export function toDo(draft: Draft): ToDo[] {
  const keys = draft.variants.map(({ key }) => key);
  const total = sum(draft.variants.map(({ weight }) => Number(weight)));
  return [
    { done: /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(draft.key), what: 'a key', field: 'key', needed: 'save' },
    { done: keys.every(Boolean) && new Set(keys).size === keys.length, what: 'a key for each variant', field: 'variant-1', needed: 'save' },
    { done: Math.abs(total - 100) < 0.001, what: `shares of 100 % (now ${typed(total)} %)`, field: 'weight-0', needed: 'save' },
    { done: draft.exposure !== 'event' || draft.event !== '', what: 'the event that exposes', field: 'exposure-event', needed: 'save' },
    { done: draft.hypothesis.trim() !== '', what: 'a hypothesis', field: 'hypothesis', needed: 'result' },
    { done: draft.metrics.some(({ metric, role }) => role === 'goal' && metric !== ''), what: 'a goal', field: 'metric-0', needed: 'start' },
    { done: draft.metrics.every(({ role, metric, margin }) => role !== 'guardrail' || metric === '' || margin !== ''), what: 'a margin for each guardrail', field: 'metrics', needed: 'result' },
    { done: draft.smallest !== '', what: 'the smallest change worth knowing', field: 'smallest', needed: 'result' },
    { done: draft.units !== '' || draft.kept.plan?.horizon?.ends_at != null, what: 'a planned size', field: 'units', needed: 'result' },
  ];
}

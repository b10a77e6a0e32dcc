// The document of `GET /v1/snapshot`, format 1, as far as an SDK reads it; and what is asked of it.

export type Json = unknown;
export type Keyed<T> = { readonly [key: string]: T };
export type SlotRange = readonly [begin: number, end: number];
export type VariantRange = readonly [begin: number, end: number, variant: number];

export type Operand = boolean | number | string | readonly string[] | readonly number[];
export type Test = readonly [name: string, operator: string, operand: Operand];
/** One of {all}, {any}, {not}, {segment}, {flag}, {variant}, {growthbook}, or a test of an attribute. */
export type Condition = Test | Keyed<Json>;

export interface Experiment {
  readonly unit: string;
  readonly fallback?: string;
  readonly scheme: string;
  readonly layer?: string;
  readonly salt?: string;
  readonly phase: number;
  readonly enrolling: boolean;
  readonly sticky?: boolean | { readonly leaves_with_condition?: boolean; readonly blocked?: readonly string[] };
  readonly exposure: 'evaluate' | 'client' | { readonly event: string };
  readonly entry: readonly SlotRange[];
  readonly slots: readonly VariantRange[];
  readonly when?: Condition;
  readonly overrides?: readonly { readonly when: Condition; readonly variant: string }[];
  readonly variants: readonly { readonly key: string; readonly values: Keyed<Json> }[];
}

export interface Rollout {
  readonly unit: string;
  readonly salt: string;
  readonly slots: readonly SlotRange[];
  readonly value: Json;
  readonly dialect?: Json;
}

export interface Rule {
  readonly when?: Condition;
  readonly value?: Json;
  readonly rollout?: Rollout;
  readonly experiment?: string;
}

export interface Flag {
  readonly off: Json;
  readonly default: Json;
  readonly enabled: boolean;
  readonly rules: readonly Rule[];
}

export interface Snapshot {
  readonly format: number;
  readonly config_version: number;
  readonly layers: Keyed<{ readonly salt: string; readonly holdout: readonly SlotRange[] }>;
  readonly holdouts: Keyed<{ readonly salt: string; readonly slots: readonly SlotRange[] }>;
  readonly segments: Keyed<Json>;
  readonly experiments: Keyed<Experiment>;
  readonly flags: Keyed<Flag>;
}

export type Attribute = boolean | number | string | readonly string[] | null | undefined;

/** Who is asked about: ids by type of unit, what is known of them, and variants that they met before and may keep. */
export interface Context {
  readonly units: Keyed<string>;
  readonly attributes?: Keyed<Attribute>;
  readonly sticky?: Keyed<string>;
}

export interface Unit {
  readonly type: string;
  readonly id: string;
}

/** The unit belongs to the analysis of the experiment as soon as it meets its variant; `by` says who tells. */
export interface Exposure {
  readonly unit: Unit;
  readonly phase?: number;
  readonly by: 'evaluate' | 'client' | 'event';
}

/** What a flag gives, in the words of the server. No `value`: use the default in the code. */
export interface Decision {
  value?: Json;
  variant?: string;
  experiment?: string;
  reason: 'STATIC' | 'DEFAULT' | 'TARGETING_MATCH' | 'SPLIT' | 'DISABLED' | 'ERROR';
  cause: string;
  problem?: string;
  exposure?: Exposure;
}

/** The member of an object, never one of its prototype: keys may be called "constructor". */
export const own = <T>(object: Keyed<T> | undefined, key: string): T | undefined =>
  object && Object.hasOwn(object, key) ? object[key] : undefined;

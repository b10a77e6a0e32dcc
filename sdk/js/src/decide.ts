// What a flag gives: a pure function of a snapshot and a context.
import { own } from './document.js';
import type { Condition, Context, Decision, Json, Keyed, Rule, Snapshot, Test, Unit } from './document.js';
import { slotOf } from './hash.js';
import { once, passes } from './test.js';

/** A decision, or the cause of having none: then the next rule tries. */
type Outcome = Decision | string;

const inside = <T extends readonly [number, number, number?]>(ranges: readonly T[], slot: number): T | undefined =>
  ranges.find(([begin, end]) => begin <= slot && slot < end);

/** A value that a test can read. */
const plain = (value: Json) => (typeof value === 'object' ? null : value);

/** Throws where the answer needs what only the server has. */
export function decide(snapshot: Snapshot, key: string, context: Context): Decision {
  const { units, attributes, sticky } = context;
  let missing = false;

  function unit(type: string, fallback?: string): Unit | undefined {
    const id = own(units, type);
    if (id) return { type, id };
    if (fallback) return unit(fallback);
    missing = true;
    return;
  }

  function holds(condition: Condition | undefined): boolean {
    if (!condition) return true;
    if (Array.isArray(condition)) return passes(own(attributes, condition[0]), condition as unknown as Test);
    const { all, any, not, segment, list, flag, variant } = condition as Keyed<any>;
    if (all) return all.every(holds);
    if (any) return any.some(holds);
    if (not) return !holds(not);
    if (segment) return holds(own(snapshot.segments as Keyed<Condition>, segment));
    if (list) return once(list, () => new Set(list.ids)).has(own(units, list.unit));
    if (flag) return passes(plain(decide(snapshot, flag[0], context).value), flag);
    if (!variant) throw Error('condition');
    // A prerequisite without a unit says nothing of the flag itself.
    const before = missing;
    const met = place(variant[0]);
    missing = before;
    return passes((met as Decision).variant, variant);
  }

  /** How an experiment treats the context. */
  function place(experiment: string): Outcome {
    const { scheme, enrolling, when, overrides, unit: type, fallback, sticky: keeps, layer, entry, slots, salt, variants, exposure,
      phase } = own(snapshot.experiments, experiment)!;
    if (scheme === 'external') return scheme;
    const forced = overrides?.find((override) => holds(override.when));
    if (forced) return { variant: forced.variant, experiment, reason: 'TARGETING_MATCH', cause: 'overridden' };
    const who = unit(type, fallback);
    if (!who) return 'unit_missing';
    const placed = (variant: string, cause: string): Decision => ({ variant, experiment, reason: 'SPLIT', cause,
      exposure: { unit: who, phase, by: typeof exposure === 'string' ? exposure : 'event' } });
    const met = own(sticky, experiment);
    const { blocked, leaves_with_condition } = Object(keeps);
    if ((keeps || !enrolling) && variants.some((variant) => variant.key === met) && !blocked?.includes(met))
      return leaves_with_condition && !holds(when) ? 'condition' : placed(met!, 'sticky');
    if (!enrolling) return 'not_enrolling';
    if (!holds(when)) return 'condition';
    if (scheme !== 'touchstone-1') throw Error(scheme);
    const drawn = own(snapshot.layers, layer!)!;
    const slot = slotOf(drawn.salt, who.id);
    if (inside(drawn.holdout, slot)) return 'held_out';
    if (!inside(entry, slot)) return 'not_in_experiment';
    if (Object.values(snapshot.holdouts).some((holdout) => inside(holdout.slots, slotOf(holdout.salt, who.id)))) return 'held_out';
    const range = inside(slots, slotOf(salt!, who.id));
    return range ? placed(variants[range[2]]!.key, 'assigned') : 'no_variant';
  }

  function follow({ when, rollout, experiment, value: given }: Rule): Outcome {
    if (!holds(when)) return 'condition';
    if (rollout) {
      const who = unit(rollout.unit);
      if (!who) return 'unit_missing';
      if (rollout.dialect) throw Error('dialect');
      if (!inside(rollout.slots, slotOf(rollout.salt, who.id))) return 'not_in_rollout';
      return { value: rollout.value, reason: 'SPLIT', cause: 'rollout' };
    }
    if (!experiment) return { value: given, reason: when ? 'TARGETING_MATCH' : 'STATIC', cause: 'rule' };
    const outcome = place(experiment);
    if (typeof outcome === 'string') return outcome;
    const { values } = own(snapshot.experiments, experiment)!.variants.find((variant) => variant.key === outcome.variant)!;
    return { value: { [key]: value, ...values }[key], ...outcome };
  }

  const flag = own(snapshot.flags, key);
  if (!flag) return { reason: 'ERROR', cause: 'unknown', problem: 'FLAG_NOT_FOUND' };
  const { rules, off, enabled, default: value } = flag;
  if (!enabled) return { value: off, reason: 'DISABLED', cause: 'disabled' };
  let cause = 'no_rule';
  for (const rule of rules) {
    const outcome = follow(rule);
    if (typeof outcome !== 'string') return outcome;
    cause = outcome;
  }
  return missing && !Object.keys(units).length
    ? { value, reason: 'ERROR', cause, problem: 'TARGETING_KEY_MISSING' }
    : { value, reason: rules[0] ? 'DEFAULT' : 'STATIC', cause };
}

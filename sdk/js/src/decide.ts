// What a flag gives: a pure function of a snapshot and a context.
import { NotLocal, once, passes } from './test.js';
import { own } from './document.js';
import type { Condition, Context, Decision, Experiment, Json, Keyed, Rollout, Rule, Snapshot, Test, Unit } from './document.js';
import { slotOf } from './hash.js';

const inside = <T extends readonly [number, number, number?]>(ranges: readonly T[], slot: number): T | undefined =>
  ranges.find(([begin, end]) => begin <= slot && slot < end);

/** Throws NotLocal where the answer needs what only the server has. */
export function decide(snapshot: Snapshot, key: string, context: Context): Decision {
  let missing = false;

  function unit(...types: (string | undefined)[]): Unit | undefined {
    for (const type of types) {
      const id = type && own(context.units, type);
      if (id) return { type, id };
    }
    missing = true;
    return;
  }

  /** A prerequisite without a unit says nothing of the flag itself. */
  function without<T>(ask: () => T): T {
    const before = missing;
    const answer = ask();
    missing = before;
    return answer;
  }

  function holds(condition: Condition | undefined): boolean {
    if (!condition) return true;
    if (Array.isArray(condition)) return passes(own(context.attributes, condition[0]) ?? undefined, condition as unknown as Test);
    const { all, any, not, segment, flag, variant, list } = condition as Keyed<any>;
    if (all) return all.every(holds);
    if (any) return any.some(holds);
    if (not) return !holds(not);
    if (segment) return holds(own(snapshot.segments as Keyed<Condition>, segment));
    if (list) return once(list, () => new Set(list.ids)).has(own(context.units, list.unit));
    if (flag) return passes(plain(decide(snapshot, flag[0], context).value), flag);
    if (variant) return passes(without(() => place(variant[0])).variant, variant);
    throw new NotLocal('condition ' + Object.keys(condition));
  }

  /** How an experiment treats the context. */
  function place(name: string): Decision {
    const experiment = own(snapshot.experiments, name)!;
    const { scheme, enrolling, when } = experiment;
    const out = (cause: string): Decision => ({ reason: 'DEFAULT', cause });
    const placed = (variant: string, cause: string, who: Unit): Decision => {
      const { exposure, phase } = experiment;
      return { variant, experiment: name, reason: 'SPLIT', cause,
        exposure: { unit: who, phase, by: typeof exposure === 'string' ? exposure : 'event' } };
    };
    if (scheme === 'external') return out('external');
    const forced = experiment.overrides?.find((override) => holds(override.when));
    if (forced) return { variant: forced.variant, experiment: name, reason: 'TARGETING_MATCH', cause: 'overridden' };
    const who = unit(experiment.unit, experiment.fallback);
    if (!who) return out('unit_missing');
    const kept = keeps(experiment, own(context.sticky, name));
    if (kept === null) return out('condition');
    if (kept) return placed(kept, 'sticky', who);
    if (!enrolling) return out('not_enrolling');
    if (!holds(when)) return out('condition');
    if (scheme !== 'touchstone-1') throw new NotLocal('scheme ' + scheme);
    const layer = own(snapshot.layers, experiment.layer!)!;
    const slot = slotOf(layer.salt, who.id);
    if (inside(layer.holdout, slot)) return out('held_out');
    if (!inside(experiment.entry, slot)) return out('not_in_experiment');
    if (Object.values(snapshot.holdouts).some((holdout) => inside(holdout.slots, slotOf(holdout.salt, who.id)))) return out('held_out');
    const range = inside(experiment.slots, slotOf(experiment.salt!, who.id));
    return range ? placed(experiment.variants[range[2]]!.key, 'assigned', who) : out('no_variant');
  }

  /** The variant that was met before, if it is kept; null: it ended with the condition. */
  function keeps({ sticky, enrolling, variants, when }: Experiment, met: string | undefined): string | undefined | null {
    if (!(sticky || !enrolling) || !variants.some((variant) => variant.key === met)) return;
    const rules = Object(sticky);
    if (rules.blocked?.includes(met)) return;
    return rules.leaves_with_condition && !holds(when) ? null : met;
  }

  function roll({ unit: type, salt, slots, value, dialect }: Rollout): Decision {
    const who = unit(type);
    if (who && dialect) throw new NotLocal('dialect');
    if (who && inside(slots, slotOf(salt, who.id))) return { value, reason: 'SPLIT', cause: 'rollout' };
    return { reason: 'DEFAULT', cause: who ? 'not_in_rollout' : 'unit_missing' };
  }

  function follow({ when, rollout, experiment, value }: Rule): Decision {
    if (!holds(when)) return { reason: 'DEFAULT', cause: 'condition' };
    if (rollout) return roll(rollout);
    if (!experiment) return { value, reason: when ? 'TARGETING_MATCH' : 'STATIC', cause: 'rule' };
    const decision = place(experiment);
    if (decision.variant) {
      const { values } = own(snapshot.experiments, experiment)!.variants.find(({ key: variant }) => variant === decision.variant)!;
      decision.value = Object.hasOwn(values, key) ? values[key] : flag!.default;
    }
    return decision;
  }

  const flag = own(snapshot.flags, key);
  if (!flag) return { reason: 'ERROR', cause: 'unknown', problem: 'FLAG_NOT_FOUND' };
  const { rules, off, enabled } = flag;
  if (!enabled) return { value: off, reason: 'DISABLED', cause: 'disabled' };
  let cause = 'no_rule';
  for (const rule of rules) {
    const decision = follow(rule);
    if ('value' in decision) return decision;
    cause = decision.cause;
  }
  const value = flag.default;
  if (missing && !Object.keys(context.units).length) return { value, reason: 'ERROR', cause, problem: 'TARGETING_KEY_MISSING' };
  return { value, reason: rules.length ? 'DEFAULT' : 'STATIC', cause };
}

/** A value that a test can read. */
const plain = (value: Json) => (typeof value === 'object' ? undefined : value);

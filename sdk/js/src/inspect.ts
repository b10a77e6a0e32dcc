// Which flags this SDK cannot decide by the rules: `touchstone/inspect`.
import type { Condition, Experiment, Flag, Keyed, Snapshot, Test } from './document.js';
import { own } from './document.js';
import { passes } from './test.js';

/** The flags whose answer may need the server: keyed draws, other vendors' dialects and conditions, operators that are
 * not loaded, patterns that JavaScript does not read as RE2 does. Asked for one of them, a client gives the default in
 * the code wherever it comes to that. */
export function notLocal(snapshot: Snapshot): string[] {
  const anyCondition = (conditions: readonly Condition[]) => conditions.some(condition);

  function condition(it: Condition | undefined): boolean {
    if (!it) return false;
    if (Array.isArray(it)) return test(it as unknown as Test);
    const { all, any, not, segment, list, flag: needed, variant } = it as Keyed<any>;
    if (all || any) return anyCondition(all ?? any);
    if (not) return condition(not);
    if (segment) return condition(own(snapshot.segments as Keyed<Condition>, segment));
    if (needed) return test(needed) || flag(own(snapshot.flags, needed[0])!);
    if (variant) return test(variant) || experiment(own(snapshot.experiments, variant[0])!);
    return !list;
  }

  /** Asking it tells: what cannot be asked throws. */
  function test([, operator, operand]: Test): boolean {
    try {
      passes('', ['', operator, operand]);
      return false;
    } catch {
      return true;
    }
  }

  const experiment = ({ scheme, when, overrides = [] }: Experiment): boolean =>
    scheme !== 'external' &&
    (scheme !== 'touchstone-1' || condition(when) || anyCondition(overrides.map((override) => override.when)));

  const flag = ({ enabled, rules }: Flag): boolean =>
    enabled &&
    rules.some(({ when, rollout, experiment: key }) =>
      condition(when) || !!rollout?.dialect || (!!key && experiment(own(snapshot.experiments, key)!)));

  return Object.keys(snapshot.flags).filter((key) => flag(snapshot.flags[key]!));
}

import type { Experiment, Flag, Report } from './api/client';

type Rules = Flag['rules'];

/** The flag's rules with what a variant gives in the place of the experiment: for all whom its rule lets in. */
export const shipped = (rules: Rules, experiment: string, value: unknown): Rules =>
  rules.map((rule) => {
    if (rule.experiment !== experiment) return rule;
    const { experiment: _, ...rest } = rule;
    return { ...rest, give: value };
  });

/** Whether the report advises to give everybody this variant. */
export function isAdvised(experiment: Experiment, report: Report, variant: string): boolean {
  const { code, variant: best } = report.verdict;
  const control = experiment.variants.find((each) => each.control)?.key;
  if (code === 'ship' || code === 'ship_with_care') return variant === best;
  return (code === 'roll_back' && variant === control) || code === 'no_difference';
}

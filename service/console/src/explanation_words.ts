// Why somebody gets what they get, step by step.
import type { Explanation } from './api/client';
import { operatorWords } from './condition_words';
import { grouped } from './words';

type Rule = Explanation['rules'][number];
type Asked = Rule['conditions'][number];
type Draw = Rule['draws'][number];

export interface Step {
  ok: boolean;
  words: string;
}

const causes: Record<string, string> = {
  no_rule: 'No rule applies, so the default counts.',
  rule: 'This rule gives its value.',
  rollout: 'The share that gets the value includes it.',
  assigned: 'It is drawn for this variant.',
  sticky: 'It keeps the variant that it met first.',
  overridden: 'The variant is forced for it; it is not analysed.',
  disabled: 'The flag is off.',
  condition: 'The condition does not hold.',
  not_in_rollout: 'The share that gets the value does not include it.',
  unit_missing: 'No id of the type that this asks for was given.',
  external: 'The experiment is assigned elsewhere.',
  not_enrolling: 'The experiment takes nobody new.',
  held_out: 'It is held out of all experiments.',
  not_in_experiment: 'The share that takes part does not include it.',
  no_variant: 'Its place belongs to no variant.',
  unknown: 'There is no such experiment, or it does not run.',
};

export const causeWords = (cause: string): string => causes[cause] ?? cause;

function subject({ attribute, flag, variant, segment }: Asked): string {
  if (segment !== undefined) return `segment ${segment}`;
  return flag !== undefined ? `flag ${flag}` : variant !== undefined ? `variant of ${variant}` : (attribute ?? '');
}

function askedWords(asked: Asked): string {
  const inside = asked.inside === undefined ? '' : ` (asked by segment ${asked.inside})`;
  if (asked.segment !== undefined) return `${asked.held ? 'In' : 'Not in'} ${subject(asked)}${inside}`;
  const given = asked.value === null ? 'not given' : JSON.stringify(asked.value);
  return `${subject(asked)} is ${given}: “${operatorWords(asked.operator)}” ${asked.held ? 'holds' : 'does not hold'}${inside}`;
}

const drawnFor = { layer_holdout: 'Holdout of layer', layer: 'Place in layer', holdout: 'Holdout', variant: 'Variant of', rollout: 'Share' } as const;

function drawWords({ for: purpose, under, slot, range }: Draw): string {
  const what = `${drawnFor[purpose]}${under === undefined ? '' : ` ${under}`}`;
  const place = range === null ? 'which lies in no range' : `which lies in ${grouped(range[0] ?? 0)} to ${grouped((range[1] ?? 1) - 1)}`;
  return `${what}: slot ${grouped(slot)} of 1,000,000, ${place}`;
}

/** A holdout that held it is no way in. */
const letsIn = ({ for: purpose, range }: Draw): boolean => (range !== null) !== (purpose === 'holdout' || purpose === 'layer_holdout');

const outcomes = { kept: 'and keeps it', blocked: 'but that variant is blocked', condition: 'but the condition holds no more' } as const;

/** What was asked and drawn for one rule, in order. */
export function stepsOf({ met, conditions, draws }: Rule): Step[] {
  return [
    ...(met ? [{ ok: met.outcome === 'kept', words: `${met.unit.type} ${met.unit.id} met variant ${met.variant} before, ${outcomes[met.outcome]}` }] : []),
    ...conditions.map((asked) => ({ ok: asked.held, words: askedWords(asked) })),
    ...draws.map((draw) => ({ ok: letsIn(draw), words: drawWords(draw) })),
  ];
}

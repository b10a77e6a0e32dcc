import type { Experiment, Flag, FlagRule } from './api/client';
import { experimentAddress } from './address';
import { conditionWords, sliceOf } from './condition_words';
import { isOver } from './flag_age';
import { valueWords } from './values';
import { share } from './words';

export const Value = ({ value }: { value: unknown }) => <code>{valueWords(value)}</code>;

/** "If country is DE: 20 % of users get true" */
export function RuleWords({ rule: { when, give, experiment, rollout }, over = false }: { rule: FlagRule; over?: boolean }) {
  const slots = sliceOf(rollout);
  const everybody = when ? 'everybody' : 'Everybody';
  return (
    <>
      {when && <>If <bdi>{conditionWords(when)}</bdi>: </>}
      {slots === null ? everybody : `${share(slots)} of ${rollout?.unit ?? 'user'}s`}
      {experiment === undefined
        ? <> {slots === null ? 'gets' : 'get'} <Value value={give} /></>
        : <> {over ? 'took' : slots === null ? 'takes' : 'take'} part in <a href={experimentAddress(experiment)}>{experiment}</a>{over && ', stopped'}</>}
    </>
  );
}

/** What a flag does, rule by rule. */
export function Rules({ flag, experiments = new Map() }: { flag: Flag; experiments?: Map<string, Experiment> }) {
  return (
    <ol class="rules">
      {flag.rules.map((rule, index) => <li key={index}><RuleWords rule={rule} over={isOver(experiments.get(rule.experiment ?? ''))} /></li>)}
      <li>{flag.rules.length === 0 ? 'Everybody' : 'Otherwise everybody'} gets <Value value={flag.default} /></li>
    </ol>
  );
}

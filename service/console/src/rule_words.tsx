import type { Flag, FlagRule } from './api/client';
import { experimentAddress } from './address';
import { conditionWords, sliceOf } from './condition_words';
import { share } from './words';

export const Value = ({ value }: { value: unknown }) => <code>{value === null || value === undefined ? 'the default in the code' : JSON.stringify(value)}</code>;

/** "If country is DE: 20 % of users get true" */
export function RuleWords({ rule: { when, give, experiment, rollout } }: { rule: FlagRule }) {
  const slots = sliceOf(rollout);
  const everybody = when ? 'everybody' : 'Everybody';
  return (
    <>
      {when && <>If <bdi>{conditionWords(when)}</bdi>: </>}
      {slots === null ? everybody : `${share(slots)} of ${rollout?.unit ?? 'user'}s`}
      {experiment === undefined
        ? <> {slots === null ? 'gets' : 'get'} <Value value={give} /></>
        : <> {slots === null ? 'takes' : 'take'} part in <a href={experimentAddress(experiment)}>{experiment}</a></>}
    </>
  );
}

/** What a flag does, rule by rule. */
export function Rules({ flag }: { flag: Flag }) {
  return (
    <ol class="rules">
      {flag.rules.map((rule, index) => <li key={index}><RuleWords rule={rule} /></li>)}
      <li>{flag.rules.length === 0 ? 'Everybody' : 'Otherwise everybody'} gets <Value value={flag.default} /></li>
    </ol>
  );
}

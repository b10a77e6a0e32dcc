import { useState } from 'preact/hooks';
import { experimentAddress, replaceQuery } from './address';
import { api, type Explanation, type Flag } from './api/client';
import { attributesOf } from './condition_words';
import { causeWords, stepsOf } from './explanation_words';
import { Choice, Field, Section, Text, Trouble } from './fields';
import { useLive } from './hooks';
import { Value } from './rule_words';
import { Sign } from './sign';
import { kinds, readSubject, writeSubject, type Attribute, type Subject } from './subject';

function AttributeRow({ attribute, index, onChange }: { attribute: Attribute; index: number; onChange: (change: Partial<Attribute>) => void }) {
  return (
    <div class="row">
      <Field id={`name-${index}`} label="Attribute" narrow><Text id={`name-${index}`} value={attribute.name} onText={(name) => onChange({ name })} /></Field>
      <Field id={`kind-${index}`} label="Is a" narrow><Choice id={`kind-${index}`} value={attribute.kind} options={kinds} onChoice={(kind) => onChange({ kind })} /></Field>
      <Field id={`value-${index}`} label="Value" narrow><Text id={`value-${index}`} value={attribute.value} onText={(value) => onChange({ value })} /></Field>
    </div>
  );
}

function Rule({ rule }: { rule: Explanation['rules'][number] }) {
  return (
    <li>
      <strong>Rule {rule.rule + 1}</strong>{rule.experiment !== undefined && <>, experiment <a href={experimentAddress(rule.experiment)}>{rule.experiment}</a>{rule.phase !== undefined && ` in phase ${rule.phase}`}</>}
      <ul class="signs">
        {stepsOf(rule).map(({ ok, words }) => <li key={words} class={ok ? 'ok' : 'todo'}><Sign level={ok ? 'ok' : 'block'} /><bdi>{words}</bdi></li>)}
      </ul>
      <p>{causeWords(rule.cause)}</p>
    </li>
  );
}

function Answer({ who, told }: { who: string; told: Explanation }) {
  return (
    <div class="answer" role="status">
      <p class="big"><bdi>{who}</bdi> gets <Value value={told.value} />{told.variant !== null && <>, variant <bdi>{told.variant}</bdi></>}</p>
      {told.cause !== told.rules.at(-1)?.cause && <p>{causeWords(told.cause)}</p>}
      {told.missing.length > 0 && <p class="soft">Asked for and not given: <bdi>{told.missing.join(', ')}</bdi>.</p>}
      {told.rules.length > 0 && <ol class="trace">{told.rules.map((rule) => <Rule key={rule.rule} rule={rule} />)}</ol>}
    </div>
  );
}

/** Why somebody gets what they get. Asking exposes nobody; the question stands in the address. */
export function WhyBox({ flag }: { flag: Flag }) {
  const asks = flag.rules.flatMap(({ when }) => attributesOf(when));
  const [subject, put] = useState<Subject>(() => readSubject(new URLSearchParams(location.search), asks));
  const [question, ask] = useState(() => writeSubject(readSubject(new URLSearchParams(location.search), [])));
  const asked = Object.keys(question).length > 0;
  const answer = useLive(async () => (asked ? api.explain({ flag: flag.key, ...question }) : undefined), JSON.stringify([flag.key, flag.version, question]));
  const change = (index: number, part: Partial<Attribute>) =>
    put({ ...subject, attributes: subject.attributes.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  const submit = (event: Event) => {
    event.preventDefault();
    const next = writeSubject(subject);
    replaceQuery(next);
    ask(next);
    void answer.again();
  };
  return (
    <Section id="why" title="Why does somebody get what they get?">
      <form onSubmit={submit}>
        <div class="row">
          <Field id="unit-type" label="Type of unit" narrow><Text id="unit-type" value={subject.type} onText={(type) => put({ ...subject, type })} /></Field>
          <Field id="unit" label="Id"><Text id="unit" value={subject.unit} onText={(unit) => put({ ...subject, unit })} /></Field>
        </div>
        {subject.attributes.map((attribute, index) => <AttributeRow key={index} attribute={attribute} index={index} onChange={(part) => change(index, part)} />)}
        <div class="row">
          <button type="submit">Explain</button>
          <button type="button" class="quiet" onClick={() => put({ ...subject, attributes: [...subject.attributes, { kind: 'attr', name: '', value: '' }] })}>Add an attribute</button>
        </div>
        <p class="soft">Nobody is exposed by asking.</p>
      </form>
      <Trouble problem={answer.problem} />
      {answer.value && <Answer who={question.unit ?? `A ${subject.type}`} told={answer.value} />}
    </Section>
  );
}

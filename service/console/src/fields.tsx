import type { ComponentChildren } from 'preact';
import type { Problem } from './api/client';

/** The form's field that a place in the experiment is shown by. */
export function fieldOf(pointer: string): string {
  const [, first = '', second = '', third = '', fourth = ''] = pointer.split('/');
  if (first === 'variants') return third === 'weight' ? `weight-${second}` : third === 'values' ? `value-${second}-${fourth}` : `variant-${second || 0}`;
  if (first !== 'plan') return { when: 'who', unit_type: 'unit' }[first] ?? first;
  if (second === 'metrics') return third === '' ? 'metrics' : `metric-${third}`;
  return { smallest_effect: 'smallest', horizon: 'units' }[second] ?? second;
}

/** Brings a field into view and the cursor into it. */
export function goTo(event: Event, field: string): void {
  const target = document.getElementById(field);
  if (!target) return;
  event.preventDefault();
  target.closest('details')?.setAttribute('open', '');
  const own = target.matches('input, select, textarea, button') ? target : target.querySelector<HTMLElement>('input, select, textarea, button');
  target.scrollIntoView({ block: 'center' });
  (own ?? target).focus({ preventScroll: true });
}

export function FieldLink({ field, children }: { field: string; children: ComponentChildren }) {
  return <a href={`#${field}`} onClick={(event) => goTo(event, field)}>{children}</a>;
}

export function Field({ id, label, hint, narrow, children }: {
  id: string; label: string; hint?: ComponentChildren; narrow?: boolean; children: ComponentChildren;
}) {
  return (
    <div class={narrow ? 'field narrow' : 'field'}>
      <label for={id}>{label}</label>
      {children}
      {hint && <p class="soft" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

interface InputProps {
  id: string;
  value: string;
  onText: (text: string) => void;
  unit?: string;
  placeholder?: string;
  maxLength?: number;
  disabled?: boolean;
  list?: string;
  'aria-label'?: string;
}

export function Text({ onText, unit, numeric = false, ...rest }: InputProps & { numeric?: boolean }) {
  const input = <input type="text" inputMode={numeric ? 'decimal' : 'text'} autocomplete="off" spellcheck={false} {...rest} onInput={(event) => onText(event.currentTarget.value)} />;
  return unit ? <span class="with-unit">{input}<span class="unit" aria-hidden="true">{unit}</span></span> : input;
}

export const Numeric = (props: InputProps) => <Text numeric {...props} />;

export function Choice<T extends string>({ id, value, options, onChoice, label }: {
  id: string; value: T; options: readonly (readonly [T, string])[]; onChoice: (value: T) => void; label?: string;
}) {
  return (
    <select id={id} value={value} aria-label={label} onChange={(event) => onChoice(event.currentTarget.value as T)}>
      {options.map(([each, words]) => <option key={each} value={each}>{words}</option>)}
    </select>
  );
}

export function Tick({ id, checked, onTick, children }: {
  id: string; checked: boolean; onTick: (checked: boolean) => void; children: ComponentChildren;
}) {
  return (
    <label class="tick" for={id}>
      <input id={id} type="checkbox" checked={checked} onChange={(event) => onTick(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}

/** What was said no to, where, and what to do. */
export function Trouble({ problem }: { problem: Problem | undefined }) {
  if (!problem) return null;
  const faults = problem.errors ?? [];
  return (
    <div class="trouble" role="alert">
      {faults.length === 0 && <p>{problem.detail}</p>}
      {faults.map(({ pointer, detail, hint }) => (
        <p key={pointer + detail}>
          {pointer ? <FieldLink field={fieldOf(pointer)}>{detail}</FieldLink> : detail}
          {hint && <span class="soft"> {hint}</span>}
        </p>
      ))}
      {problem.status === 401 && <p class="soft">This browser is no longer signed in. <a href={`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`}>Sign in</a></p>}
    </div>
  );
}

export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

import type { Preflight, PreflightCheck } from './api/client';
import type { ToDo } from './draft';
import { FieldLink, fieldOf } from './fields';
import { Sign } from './sign';

const why = { save: 'to save', start: 'to start', result: 'for a result worth having' } as const;

function Open({ what, field, needed }: ToDo) {
  return (
    <li>
      <Sign level="todo" />
      <div><FieldLink field={field}>{what}</FieldLink> <span class="soft">{why[needed]}</span></div>
    </li>
  );
}

function Check({ check, level, detail, hint, pointer }: PreflightCheck) {
  return (
    <li class={level}>
      <Sign level={level} />
      <div>
        <strong>{check}</strong> {detail}
        {hint && level !== 'ok' && (
          <p class="soft">{hint}{pointer && <> <FieldLink field={fieldOf(pointer)}>Go there</FieldLink></>}</p>
        )}
      </div>
    </li>
  );
}

const heads = { ok: 'Ready to start', warn: 'Can start; look at this first', block: 'Something is in the way' } as const;

/** What is still to say, and what the service says of the draft as it was saved. */
export function PreflightBox({ todo, preflight, changed }: { todo: ToDo[]; preflight: Preflight | undefined; changed: boolean }) {
  const open = todo.filter(({ done }) => !done);
  const ready = preflight && !open.some(({ needed }) => needed !== 'result');
  return (
    <section id="preflight" aria-labelledby="preflight-title">
      <h2 id="preflight-title">Before the start</h2>
      {ready && <p class={`level ${preflight.level}`} role="status">{heads[preflight.level]}</p>}
      <ul class="signs">
        {open.map((each) => <Open key={each.what} {...each} />)}
        {preflight?.checks.map((check) => <Check key={check.check} {...check} />)}
      </ul>
      {!preflight && <p class="soft">More is checked once the draft is saved.</p>}
      {preflight && changed && <p class="soft">Checked as it was saved; your changes are not yet in it.</p>}
    </section>
  );
}

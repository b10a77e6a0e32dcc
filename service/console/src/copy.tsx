import { useState } from 'preact/hooks';
import { copy } from './clipboard';
import { yaml } from './yaml';

/** A document as text to take away. */
export function CopyAs({ document: value }: { document: unknown }) {
  const [form, setForm] = useState<'YAML' | 'JSON'>('YAML');
  const [told, tell] = useState('');
  const text = form === 'YAML' ? yaml(value) : JSON.stringify(value, null, 2);
  const take = async () => {
    const done = await copy(text, document.getElementById('copied-text'));
    tell(done ? `${form} copied.` : 'Selected: copy it with the keyboard.');
  };
  return (
    <details class="copy">
      <summary>As YAML or JSON</summary>
      <div class="row">
        {(['YAML', 'JSON'] as const).map((each) => (
          <button key={each} type="button" class={each === form ? 'quiet on' : 'quiet'} aria-pressed={each === form} onClick={() => { setForm(each); tell(''); }}>{each}</button>
        ))}
        <button type="button" class="quiet" onClick={() => void take()}>Copy</button>
        <span class="soft" role="status">{told}</span>
      </div>
      <pre id="copied-text" tabIndex={0}><code>{text}</code></pre>
      <p class="soft">The JSON is what <code>POST /v1/experiments</code> takes.</p>
    </details>
  );
}

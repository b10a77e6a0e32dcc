import { useState } from 'preact/hooks';
import type { Flag } from './api/client';
import { copy } from './clipboard';
import { Section } from './fields';
import { languages, snippet, type Language } from './snippets';

/** How code asks for it. */
export function SnippetSection({ flag }: { flag: Flag }) {
  const [language, choose] = useState<Language>('JavaScript');
  const [told, tell] = useState('');
  const text = snippet(flag, language, location.origin);
  const take = async () => tell((await copy(text, document.getElementById('snippet'))) ? 'Copied.' : 'Selected: copy it with the keyboard.');
  return (
    <Section id="code" title="How code asks for it">
      <div class="row">
        {languages.map((each) => <button key={each} type="button" class={each === language ? 'quiet on' : 'quiet'} aria-pressed={each === language} onClick={() => { choose(each); tell(''); }}>{each}</button>)}
        <button type="button" class="quiet" onClick={() => void take()}>Copy</button>
        <span class="soft" role="status">{told}</span>
      </div>
      <pre id="snippet" class="code" tabIndex={0}><code>{text}</code></pre>
    </Section>
  );
}

import { useState } from 'preact/hooks';
import type { PersonLink } from './api/client';
import { copy } from './clipboard';
import { minute } from './words';

/** Shown here and never again. */
export function OneTimeLink({ link, onKept }: { link: PersonLink; onKept: () => void }) {
  const [told, tell] = useState('');
  const address = new URL(link.path, location.href).href;
  const take = async () => tell((await copy(address, document.getElementById('one-time-link'))) ? 'Copied.' : 'Selected: copy it with the keyboard.');
  return (
    <div class="sure" role="status">
      <p>Send this link to <bdi>{link.email}</bdi>. It works once, until {minute(link.expires_at)}; nobody can show it again.</p>
      <pre id="one-time-link" tabIndex={0}><code>{address}</code></pre>
      <div class="row">
        <button type="button" class="quiet" onClick={() => void take()}>Copy</button>
        <button type="button" class="quiet" onClick={onKept}>I have sent it</button> <span class="soft">{told}</span>
      </div>
    </div>
  );
}

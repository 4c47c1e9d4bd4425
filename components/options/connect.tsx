import { batch, useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { SiteView } from '../../core/contract/views';
import { sitesWords } from '../../core/words/options-sites';
import { Button } from '../shared/button';
import { FieldError } from '../shared/field-error';
import { parseAddress } from './address';
import type { RequestAccess } from './app';

/** Says what was done, or what went wrong; neither takes back what was said before. */
export type Tell = (message: { done?: string; error?: string }) => void;

/** Asks for the address of a help desk and connects it, once the browser has been allowed to. */
export function Connect({
  offered = [],
  ask,
  requestAccess,
  tell,
  onConnected,
}: {
  /** Addresses that can be taken without typing. */
  offered?: readonly string[];
  ask: Ask;
  requestAccess: RequestAccess;
  tell: Tell;
  onConnected: (site: SiteView) => void;
}) {
  const id = useId();
  const address = useSignal('');
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const inputRef = useRef<HTMLInputElement>(null);

  const connect = async (typed = address.value) => {
    if (busy.value) return;
    const url = parseAddress(typed);
    if (!url) {
      tell({});
      problem.value = typed.trim() === '' ? sitesWords.typeFirst : sitesWords.notAnAddress;
      inputRef.current?.focus();
      return;
    }
    // First of all, and not after another wait: the browser asks for access only in a click.
    const granted = requestAccess(url);
    batch(() => {
      problem.value = null;
      busy.value = true;
      tell({});
    });
    try {
      if (!(await granted)) {
        tell({ error: sitesWords.withoutAccess(url.host) });
        return;
      }
      const answer = await ask('sites.connect', { address: url.href });
      if (!answer.ok) {
        tell({ error: answer.message });
        return;
      }
      address.value = '';
      onConnected(answer.value);
    } catch {
      tell({ error: sitesWords.notAccepted(url.host) });
    } finally {
      busy.value = false;
    }
  };

  return (
    <section class="panel-card connect" aria-label={sitesWords.connectDesk}>
      {offered.length > 0 && (
        <ul class="offered">
          {offered.map((origin) => (
            <li key={origin}>
              <span class="address">{origin}</span>
              <Button label={sitesWords.connectSite(origin)} busy={busy.value} onPress={() => connect(origin)}>
                {sitesWords.connect}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <label for={id}>{sitesWords.address}</label>
        <div class="connect-row">
          <input
            id={id}
            class="input"
            type="text"
            inputMode="url"
            autocomplete="url"
            spellcheck={false}
            placeholder="https://rt.example.com/"
            aria-invalid={problem.value ? 'true' : undefined}
            aria-describedby={problem.value ? `${id}-problem` : `${id}-hint`}
            ref={inputRef}
            value={address.value}
            onInput={(event) => {
              address.value = event.currentTarget.value;
              problem.value = null;
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.isComposing) connect();
            }}
          />
          <Button kind="primary" busy={busy.value} onPress={() => connect()}>
            {sitesWords.connect}
          </Button>
        </div>
        <FieldError id={`${id}-problem`}>{problem.value}</FieldError>
        <p class="muted small" id={`${id}-hint`} role={busy.value ? 'status' : undefined}>
          {busy.value ? sitesWords.connecting : sitesWords.asksOnce}
        </p>
      </div>
    </section>
  );
}

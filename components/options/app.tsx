import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { PolicyView } from '../../core/contract/views';
import { diagnosticsWords } from '../../core/words/diagnostics';
import { optionsWords } from '../../core/words/options';
import { sharedWords } from '../../core/words/shared';
import { BellIcon, GlobeIcon, InboxIcon, KeyboardIcon, LayersIcon, Mark, PulseIcon } from '../shared/icons';
import { Diagnostics } from './diagnostics';
import { LanguagePicker } from './language-picker';
import { Notifications } from './notifications';
import { Review, useWaiting } from './review';
import { RolePicker } from './role-picker';
import { ShortcutsPage } from './shortcuts';
import { Sites } from './sites';
import { Templates } from './templates';

/** Asks the browser for access to a help desk's pages. Has to be called in a click, before anything is awaited. */
export type RequestAccess = (address: URL) => Promise<boolean>;

/** Names are asked for when they are shown: the language is not known yet when this is read. */
const pages = [
  { hash: '#sites', name: () => optionsWords.sites, icon: GlobeIcon },
  { hash: '#templates', name: () => optionsWords.templates, icon: LayersIcon },
  { hash: '#review', name: () => optionsWords.review, icon: InboxIcon },
  { hash: '#notifications', name: () => optionsWords.notifications, icon: BellIcon },
  { hash: '#shortcuts', name: () => sharedWords.shortcuts, icon: KeyboardIcon },
  { hash: '#diagnostics', name: () => diagnosticsWords.title, icon: PulseIcon },
] as const;

function pageOf(hash: string): (typeof pages)[number]['hash'] {
  return pages.find((page) => page.hash === hash)?.hash ?? '#sites';
}

export function OptionsApp({ ask, requestAccess }: { ask: Ask; requestAccess: RequestAccess }) {
  const hash = useSignal(pageOf(location.hash));
  const waiting = useWaiting(ask);
  const policy = useSignal<PolicyView | null>(null);
  const count = waiting.items.value?.length ?? 0;
  useEffect(() => {
    ask('policy.view', {}).then((answer) => {
      if (answer.ok) policy.value = answer.value;
    });
    const follow = () => {
      hash.value = pageOf(location.hash);
      if (hash.value === '#review') waiting.load();
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return (
    <div class="ui app">
      <header class="side">
        <p class="brand">
          <Mark size={26} />
          <b>{optionsWords.product}</b>
        </p>
        <nav aria-label={optionsWords.options}>
          {pages.map((page) => (
            <a key={page.hash} href={page.hash} aria-current={hash.value === page.hash ? 'page' : undefined}>
              <page.icon />
              {page.name()}
              {page.hash === '#review' && count > 0 && <span class="badge">{count}</span>}
            </a>
          ))}
        </nav>
        <LanguagePicker ask={ask} by={policy.value?.language ?? null} />
        {policy.value && (
          <RolePicker
            ask={ask}
            role={policy.value.role}
            onChanged={(changed) => {
              policy.value = changed;
            }}
          />
        )}
      </header>
      <main>
        {hash.value === '#sites' && (
          <Sites ask={ask} requestAccess={requestAccess} allowed={policy.value?.allowedSites ?? null} />
        )}
        {hash.value === '#templates' && <Templates ask={ask} role={policy.value?.role ?? null} />}
        {hash.value === '#notifications' && <Notifications ask={ask} by={policy.value?.notifications ?? null} />}
        {hash.value === '#shortcuts' && <ShortcutsPage ask={ask} />}
        {hash.value === '#diagnostics' && <Diagnostics ask={ask} />}
        {hash.value === '#review' && <Review ask={ask} waiting={waiting} />}
      </main>
    </div>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import { BellIcon, GlobeIcon, InboxIcon, KeyboardIcon, LayersIcon, Mark } from '../shared/icons';
import { Notifications } from './notifications';
import { Review, useWaiting } from './review';
import { ShortcutsPage } from './shortcuts';
import { Sites } from './sites';
import { Templates } from './templates';

/** Asks the browser for access to a help desk's pages. Has to be called in a click, before anything is awaited. */
export type RequestAccess = (address: URL) => Promise<boolean>;

const pages = [
  { hash: '#sites', name: 'Sites', icon: GlobeIcon },
  { hash: '#templates', name: 'Templates', icon: LayersIcon },
  { hash: '#review', name: 'Waiting for you', icon: InboxIcon },
  { hash: '#notifications', name: 'Notifications', icon: BellIcon },
  { hash: '#shortcuts', name: 'Shortcuts', icon: KeyboardIcon },
] as const;

function pageOf(hash: string): (typeof pages)[number]['hash'] {
  return pages.find((page) => page.hash === hash)?.hash ?? '#sites';
}

export function OptionsApp({ ask, requestAccess }: { ask: Ask; requestAccess: RequestAccess }) {
  const hash = useSignal(pageOf(location.hash));
  const waiting = useWaiting(ask);
  const count = waiting.items.value?.length ?? 0;
  useEffect(() => {
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
          <b>Case Status Overlay</b>
        </p>
        <nav aria-label="Options">
          {pages.map((page) => (
            <a key={page.hash} href={page.hash} aria-current={hash.value === page.hash ? 'page' : undefined}>
              <page.icon />
              {page.name}
              {page.hash === '#review' && count > 0 && <span class="badge">{count}</span>}
            </a>
          ))}
        </nav>
      </header>
      <main>
        {hash.value === '#sites' && <Sites ask={ask} requestAccess={requestAccess} />}
        {hash.value === '#templates' && <Templates ask={ask} />}
        {hash.value === '#notifications' && <Notifications ask={ask} />}
        {hash.value === '#shortcuts' && <ShortcutsPage ask={ask} />}
        {hash.value === '#review' && <Review ask={ask} waiting={waiting} />}
      </main>
    </div>
  );
}

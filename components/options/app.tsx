import { useSignal } from '@preact/signals';
import type { Ask } from '../../core/contract/client';
import { optionsWords } from '../../core/words/options';
import { dataPageWords } from '../../core/words/options-data';
import { sharedWords } from '../../core/words/shared';
import {
  BellIcon,
  CalendarIcon,
  DataIcon,
  GlobeIcon,
  InboxIcon,
  KeyboardIcon,
  LayersIcon,
  Mark,
} from '../shared/icons';
import { Calendars } from './calendars';
import { Data, type RequestDownloads } from './data';
import { TemplateEditor } from './editor/editor';
import { LanguagePicker } from './language-picker';
import { useLeaving } from './leaving';
import { Notifications } from './notifications';
import { Review, useWaiting } from './review';
import { ShortcutsPage } from './shortcuts';
import { Sites } from './sites';
import { Templates } from './templates';

/** Asks the browser for access to a help desk's pages. Has to be called in a click, before anything is awaited. */
export type RequestAccess = (address: URL) => Promise<boolean>;

/** Names are asked for when they are shown: the language is not known yet when this is read. */
const pages = [
  { hash: '#sites', name: () => optionsWords.sites, icon: GlobeIcon },
  { hash: '#templates', name: () => optionsWords.templates, icon: LayersIcon },
  { hash: '#calendars', name: () => optionsWords.calendars, icon: CalendarIcon },
  { hash: '#review', name: () => optionsWords.review, icon: InboxIcon },
  { hash: '#notifications', name: () => optionsWords.notifications, icon: BellIcon },
  { hash: '#data', name: () => dataPageWords.page, icon: DataIcon },
  { hash: '#shortcuts', name: () => sharedWords.shortcuts, icon: KeyboardIcon },
] as const;

function pageOf(hash: string): (typeof pages)[number]['hash'] {
  return pages.find((page) => page.hash === hash.split('/')[0])?.hash ?? '#sites';
}

interface OptionsProps {
  ask: Ask;
  /** The same, for what may take minutes. */
  patientAsk: Ask;
  requestAccess: RequestAccess;
  requestDownloads: RequestDownloads;
}

export function OptionsApp({ ask, patientAsk, requestAccess, requestDownloads }: OptionsProps) {
  const hash = useSignal(pageOf(location.hash));
  /** Which one of a page's things is shown, as its address says: "#calendars/berlin". */
  const place = useSignal(location.hash.split('/')[1] ?? '');
  const unsaved = useSignal(false);
  const waiting = useWaiting(ask);
  const count = waiting.items.value?.length ?? 0;
  const leaving = useLeaving(unsaved, () => {
    hash.value = pageOf(location.hash);
    place.value = location.hash.split('/')[1] ?? '';
    if (hash.value === '#review') waiting.load();
  });
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
        <LanguagePicker ask={ask} />
      </header>
      <main>
        {hash.value === '#sites' && <Sites ask={ask} requestAccess={requestAccess} />}
        {hash.value === '#templates' && place.value === '' && <Templates ask={ask} />}
        {hash.value === '#templates' && place.value !== '' && (
          <TemplateEditor key={place.value} ask={ask} templateId={place.value} />
        )}
        {hash.value === '#calendars' && <Calendars ask={ask} place={place.value} unsaved={unsaved} />}
        {hash.value === '#notifications' && <Notifications ask={ask} />}
        {hash.value === '#data' && <Data ask={patientAsk} requestDownloads={requestDownloads} />}
        {hash.value === '#shortcuts' && <ShortcutsPage ask={ask} />}
        {hash.value === '#review' && <Review ask={ask} waiting={waiting} />}
      </main>
      {leaving}
    </div>
  );
}

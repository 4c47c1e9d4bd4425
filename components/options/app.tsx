import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { PolicyView } from '../../core/contract/views';
import { diagnosticsWords } from '../../core/words/diagnostics';
import { editorWords } from '../../core/words/editor';
import { language } from '../../core/words/language';
import { optionsWords } from '../../core/words/options';
import { calendarsWords } from '../../core/words/options-calendars';
import { dataPageWords } from '../../core/words/options-data';
import { setupWords } from '../../core/words/options-setup';
import { sharedWords } from '../../core/words/shared';
import {
  BellIcon,
  CalendarIcon,
  ChevronIcon,
  DataIcon,
  GlobeIcon,
  InboxIcon,
  KeyboardIcon,
  LayersIcon,
  Mark,
  PulseIcon,
  StepsIcon,
} from '../shared/icons';
import { Calendars } from './calendars';
import { Data, type RequestDownloads } from './data';
import { Diagnostics } from './diagnostics';
import { TemplateEditor } from './editor/editor';
import type { PreviewParts } from './editor/preview';
import { useFocusKept } from './focus';
import { LanguagePicker } from './language-picker';
import { useLeaving } from './leaving';
import { Notifications } from './notifications';
import { Review, useWaiting } from './review';
import { RolePicker } from './role-picker';
import { SetUp } from './setup';
import { ShortcutsPage } from './shortcuts';
import { Sites } from './sites';
import { Templates } from './templates';

/** Asks the browser for access to a help desk's pages. Has to be called in a click, before anything is awaited. */
export type RequestAccess = (address: URL) => Promise<boolean>;

/** Names are asked for when they are shown: the language is not known yet when this is read. */
const groups = [
  {
    name: () => optionsWords.work,
    pages: [
      { hash: '#review', name: () => optionsWords.review, icon: InboxIcon },
      { hash: '#sites', name: () => optionsWords.sites, icon: GlobeIcon },
    ],
  },
  {
    name: () => optionsWords.design,
    pages: [
      { hash: '#templates', name: () => optionsWords.templates, icon: LayersIcon },
      { hash: '#calendars', name: () => optionsWords.calendars, icon: CalendarIcon },
    ],
  },
  {
    name: () => optionsWords.thisBrowser,
    pages: [
      { hash: '#setup', name: () => setupWords.page, icon: StepsIcon },
      { hash: '#notifications', name: () => optionsWords.notifications, icon: BellIcon },
      { hash: '#shortcuts', name: () => sharedWords.shortcuts, icon: KeyboardIcon },
      { hash: '#data', name: () => dataPageWords.page, icon: DataIcon },
      { hash: '#diagnostics', name: () => diagnosticsWords.title, icon: PulseIcon },
    ],
  },
] as const;
const pages = groups.flatMap((group) => [...group.pages]);

function pageOf(hash: string): (typeof pages)[number]['hash'] {
  return pages.find((page) => page.hash === hash.split('/')[0])?.hash ?? '#sites';
}

interface OptionsProps {
  ask: Ask;
  /** The same, for what may take minutes. */
  patientAsk: Ask;
  requestAccess: RequestAccess;
  requestDownloads: RequestDownloads;
  /** What the editor of templates shows a draft with. */
  loadPreview: () => Promise<PreviewParts>;
}

export function OptionsApp({ ask, patientAsk, requestAccess, requestDownloads, loadPreview }: OptionsProps) {
  useFocusKept();
  const hash = useSignal(pageOf(location.hash));
  /** Which one of a page's things is shown, as its address says: "#calendars/berlin". */
  const place = useSignal(location.hash.split('/')[1] ?? '');
  const unsaved = useSignal(false);
  const waiting = useWaiting(ask);
  const policy = useSignal<PolicyView | null>(null);
  /** Whether the list of pages is open, where there is no room for it beside them. */
  const menu = useSignal(false);
  const menuRef = useRef<HTMLButtonElement>(null);
  // An agent's browser reads templates, whatever its address says.
  const edits = place.value !== '' && policy.value?.role.value !== 'agent';
  const count = waiting.items.value?.length ?? 0;
  const lost = hash.value === '#templates' ? editorWords.leaveWords : calendarsWords.leaveWords;
  const leaving = useLeaving(unsaved, lost, () => {
    hash.value = pageOf(location.hash);
    place.value = location.hash.split('/')[1] ?? '';
    if (hash.value === '#review') waiting.load();
    // What was pressed is folded away with the menu.
    if (menu.value) menuRef.current?.focus();
    menu.value = false;
  });
  useEffect(() => {
    ask('policy.view', {}).then(async (answer) => {
      if (!answer.ok) return;
      policy.value = answer.value;
      if (answer.value.language === null) return;
      // The organisation's word may have come after the first of ours.
      const theirs = await ask('language.get', {});
      if (theirs.ok && theirs.value.language.slice(0, 2) !== language()) location.reload();
    });
  }, []);
  if (hash.value === '#setup')
    return (
      <>
        <SetUp ask={ask} requestAccess={requestAccess} policy={policy.value} />
        {leaving}
      </>
    );
  return (
    <div class="ui app">
      <header class="side">
        <p class="brand">
          <Mark size={26} />
          <b>{optionsWords.product}</b>
        </p>
        <button
          type="button"
          class="button menu-button"
          aria-expanded={menu.value}
          aria-controls="menu"
          ref={menuRef}
          onClick={() => {
            menu.value = !menu.value;
          }}
        >
          {pages.find((page) => page.hash === hash.value)?.name()}
          {count > 0 && <span class="badge">{count}</span>}
          <ChevronIcon />
        </button>
        <div id="menu" class={menu.value ? 'menu open' : 'menu'}>
          <nav aria-label={optionsWords.options}>
            {groups.map((group) => (
              <div key={group.name()} class="nav-group">
                <p class="eyebrow">{group.name()}</p>
                {group.pages.map((page) => (
                  <a key={page.hash} href={page.hash} aria-current={hash.value === page.hash ? 'page' : undefined}>
                    <page.icon />
                    {page.name()}
                    {page.hash === '#review' && count > 0 && <span class="badge">{count}</span>}
                  </a>
                ))}
              </div>
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
        </div>
      </header>
      <main>
        {hash.value === '#sites' && (
          <Sites ask={ask} requestAccess={requestAccess} allowed={policy.value?.allowedSites ?? null} />
        )}
        {hash.value === '#templates' && !edits && <Templates ask={ask} role={policy.value?.role ?? null} />}
        {hash.value === '#templates' && edits && (
          <TemplateEditor
            key={place.value}
            ask={ask}
            templateId={place.value}
            tab={location.hash.split('/')[2]}
            unsaved={unsaved}
            loadPreview={loadPreview}
          />
        )}
        {hash.value === '#calendars' && <Calendars ask={ask} place={place.value} unsaved={unsaved} />}
        {hash.value === '#notifications' && <Notifications ask={ask} by={policy.value?.notifications ?? null} />}
        {hash.value === '#data' && <Data ask={patientAsk} requestDownloads={requestDownloads} />}
        {hash.value === '#shortcuts' && <ShortcutsPage ask={ask} />}
        {hash.value === '#diagnostics' && <Diagnostics ask={ask} />}
        {hash.value === '#review' && <Review ask={ask} waiting={waiting} />}
      </main>
      {leaving}
    </div>
  );
}

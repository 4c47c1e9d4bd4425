import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { DueItem, PopupView } from '../../core/contract/views';
import { popupWords } from '../../core/words/popup';
import { sharedWords } from '../../core/words/shared';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { Dot } from '../shared/dot';
import { BellIcon, Mark, WarningIcon } from '../shared/icons';
import { AskFirst } from '../shared/question';
import { rich } from '../shared/rich';
import { dateTimeWords, dueWords } from '../shared/time';

const reviewPage = 'options.html#review';

interface PopupProps {
  ask: Ask;
  /** The address of the tab in front; `null` where there is none to see. */
  tabUrl: () => Promise<string | null>;
  /** Has to be called in a click, before anything is awaited. */
  requestAccess: (url: URL) => Promise<boolean>;
  openTab: (url: string) => void;
  openOptions: () => void;
  /** Opens the list of what waits for the person. */
  openReview: () => void;
}

export function PopupApp({ ask, tabUrl, requestAccess, openTab, openOptions, openReview }: PopupProps) {
  const view = useSignal<PopupView | null>(null);
  const error = useSignal<string | null>(null);
  const busy = useSignal(false);
  const load = async () => {
    const answer = await ask('popup.view', { tabUrl: await tabUrl() });
    error.value = answer.ok ? null : answer.message;
    if (answer.ok) view.value = answer.value;
  };
  useEffect(() => {
    load();
  }, []);

  const enable = async (origin: string, address: string) => {
    // First of all: the browser asks for access only in a click.
    const granted = requestAccess(new URL(origin));
    busy.value = true;
    error.value = null;
    try {
      if (!(await granted)) {
        error.value = popupWords.withoutAccess;
        return;
      }
      const answer = await ask('sites.connect', { address });
      if (answer.ok) await load();
      else error.value = answer.message;
    } catch {
      error.value = popupWords.notAccepted;
    } finally {
      busy.value = false;
    }
  };

  const switchOff = async (siteId: string) => {
    busy.value = true;
    const answer = await ask('sites.disconnect', { siteId });
    busy.value = false;
    if (answer.ok) await load();
    else error.value = answer.message;
  };

  return (
    <div class="ui popup">
      <header>
        <Mark size={22} />
        <h1>{popupWords.product}</h1>
      </header>
      <main>
        <div role="alert">
          {error.value && (
            <p class="trouble">
              <WarningIcon />
              {error.value}
            </p>
          )}
        </div>
        <div class="page" aria-busy={view.value === null && error.value === null}>
          {view.value && <Page page={view.value.page} busy={busy.value} onEnable={enable} onSwitchOff={switchOff} />}
          {view.value === null && error.value && <Button onPress={load}>{sharedWords.tryAgain}</Button>}
        </div>
        {view.value && view.value.waiting > 0 && (
          <a
            class="waiting"
            href={reviewPage}
            onClick={(event) => {
              event.preventDefault();
              openReview();
            }}
          >
            <BellIcon />
            {popupWords.thingsWait(view.value.waiting)}
          </a>
        )}
        {view.value && <Due items={view.value.due} openTab={openTab} />}
      </main>
      <footer>
        <a
          href="options.html"
          onClick={(event) => {
            event.preventDefault();
            openOptions();
          }}
        >
          {popupWords.options}
        </a>
      </footer>
    </div>
  );
}

function Page({
  page,
  busy,
  onEnable,
  onSwitchOff,
}: {
  page: PopupView['page'];
  busy: boolean;
  onEnable: (origin: string, address: string) => void;
  onSwitchOff: (siteId: string) => Promise<void>;
}) {
  if (page.state === 'no-page') {
    return <p class="muted">{popupWords.noPage}</p>;
  }
  if (page.state === 'unknown') {
    return (
      <>
        <p>{rich(popupWords.notConnected, { host: <b>{new URL(page.origin).host}</b> })}</p>
        <p class="muted">{popupWords.ifYours}</p>
        <Button kind="primary" busy={busy} onPress={() => onEnable(page.origin, page.address)}>
          {popupWords.enable}
        </Button>
        {busy && (
          <p class="muted small" role="status">
            {popupWords.connecting}
          </p>
        )}
      </>
    );
  }
  const { site } = page;
  return (
    <>
      <p class="site-line">
        <b>{site.name}</b> <Chip>{site.deskName}</Chip>
        {site.granted ? (
          <Chip tone="done">{popupWords.connected}</Chip>
        ) : (
          <Chip tone="danger">{popupWords.noAccess}</Chip>
        )}
      </p>
      {site.problem && <p class="trouble">{site.problem}</p>}
      {!site.granted && (
        <Button kind="primary" busy={busy} onPress={() => onEnable(new URL(site.baseUrl).origin, site.baseUrl)}>
          {popupWords.enable}
        </Button>
      )}
      {page.case ? (
        <div class="case">
          <Dot face={page.case} />
          <div>
            <p class="case-status">{page.case.status}</p>
            <p class="muted small">{popupWords.waitingFor(page.case.waitsFor)}</p>
            <p class="small ellipsis">
              #{page.case.ticketId} {page.case.subject}
            </p>
          </div>
        </div>
      ) : (
        <p class="muted">{popupWords.noTicket}</p>
      )}
      <SwitchOff name={site.name} busy={busy} onSwitchOff={() => onSwitchOff(site.siteId)} />
    </>
  );
}

/** Asks before the panel, the reminders and the auto-closes of a site stop. */
function SwitchOff({ name, busy, onSwitchOff }: { name: string; busy: boolean; onSwitchOff: () => Promise<void> }) {
  return (
    <AskFirst
      class="switch-off"
      opens={popupWords.switchOffHere}
      label={popupWords.switchOffOn(name)}
      act={popupWords.switchOff}
      actLabel={popupWords.switchOffOn(name)}
      keep={popupWords.keepOn}
      low
      busy={busy}
      onAct={onSwitchOff}
    >
      <p class="small">{popupWords.whatStops}</p>
    </AskFirst>
  );
}

function Due({ items, openTab }: { items: DueItem[]; openTab: (url: string) => void }) {
  const now = Date.now();
  return (
    <section class="due">
      <h2 class="eyebrow" id="due">
        {popupWords.dueNext}
      </h2>
      {items.length === 0 ? (
        <p class="muted">{popupWords.nothingDue}</p>
      ) : (
        <ul aria-labelledby="due">
          {items.map((item) => (
            <li key={`${item.caseKey} ${item.text} ${item.dueAt}`}>
              <a
                href={item.url}
                onClick={(event) => {
                  event.preventDefault();
                  openTab(item.url);
                }}
              >
                <Dot face={item} />
                <span class="due-main">
                  <span class="due-text">{item.text}</span>
                  <span class="muted small ellipsis">
                    #{item.ticketId} {item.subject}
                  </span>
                </span>
                <time
                  class="muted small"
                  dateTime={new Date(item.dueAt).toISOString()}
                  title={dateTimeWords(item.dueAt, now)}
                >
                  {dueWords(item.dueAt, now)}
                </time>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

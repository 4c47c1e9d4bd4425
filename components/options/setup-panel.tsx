import { batch, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { ConnectionView, SiteView } from '../../core/contract/views';
import { setupWords } from '../../core/words/options-setup';
import { Button } from '../shared/button';
import { CheckIcon, KeyboardIcon, LayersIcon, WarningIcon } from '../shared/icons';
import { rich } from '../shared/rich';
import { NoSiteYet } from './setup-none';

interface SetUpPanelProps {
  ask: Ask;
  /** `null`: none is connected. */
  site: SiteView | null;
  onConnectFirst: () => void;
  frame: (title: string, about: ComponentChildren, body: ComponentChildren) => ComponentChildren;
}

/** The last step: a ticket with the panel on it. Looks for one each time the person comes back to this page. */
export function SetUpPanel({ ask, site, onConnectFirst, frame }: SetUpPanelProps) {
  const view = useSignal<ConnectionView | null>(null);
  const problem = useSignal<string | null>(null);
  const looking = useSignal(false);
  const keys = useSignal<string | null>(null);
  const siteId = site?.siteId ?? null;

  useEffect(() => {
    ask('shortcuts.get', {}).then((answer) => {
      if (answer.ok) keys.value = answer.value.shortcuts.palette;
    });
  }, []);
  const look = async () => {
    if (siteId === null || looking.peek()) return;
    looking.value = true;
    const answer = await ask('sites.test', { siteId });
    batch(() => {
      looking.value = false;
      view.value = answer.ok ? answer.value : null;
      problem.value = answer.ok ? null : answer.message;
    });
  };
  useEffect(() => {
    look();
    const back = () => {
      if (document.visibilityState === 'visible') look();
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [siteId]);

  if (!site) return <>{frame(setupWords.panelTitle, '', <NoSiteYet onConnectFirst={onConnectFirst} />)}</>;

  const ticket = view.value?.ticket ?? null;
  const works = ticket !== null && view.value?.problems.length === 0;
  return (
    <>
      {frame(
        works ? setupWords.panelTitleWorks : setupWords.panelTitle,
        works ? setupWords.aboutWorks : rich(setupWords.aboutPanel, { site: <b>{site.name}</b> }),
        <>
          <section class="panel-card setup-see">
            <PanelPicture />
            <div class="setup-see-words">
              <p class="setup-open">
                <a
                  class={works ? 'button' : 'button primary'}
                  href={ticket?.url ?? site.baseUrl}
                  target="_blank"
                  rel="noreferrer"
                >
                  {ticket ? setupWords.goThere : setupWords.openDesk(site.name)}
                  <span class="visually-hidden"> ({setupWords.inNewTab})</span>
                </a>
                <Button kind="ghost" busy={looking.value} onPress={look}>
                  {setupWords.look}
                </Button>
              </p>
              <div role="status">
                {looking.value && !view.value && <p class="muted">{setupWords.looking}</p>}
                {view.value && !ticket && <p class="muted">{setupWords.noTicketYet}</p>}
                {ticket && works && (
                  <p class="setup-works">
                    <CheckIcon />
                    {setupWords.found(ticket.ticketId)}
                  </p>
                )}
                {ticket && !works && (
                  <p class="message danger">
                    <WarningIcon />
                    <span>
                      {setupWords.foundWith(ticket.ticketId)} {view.value?.problems[0]}
                    </span>
                  </p>
                )}
              </div>
              <div role="alert">
                {problem.value && (
                  <p class="message danger">
                    <WarningIcon />
                    {problem.value}
                  </p>
                )}
              </div>
            </div>
          </section>
          <section class="setup-hints">
            <h2>{setupWords.nearAtHand}</h2>
            <ul>
              <li>
                <LayersIcon />
                <span>{setupWords.pin}</span>
              </li>
              <li>
                <KeyboardIcon />
                <span>
                  {keys.value === null
                    ? setupWords.noShortcut
                    : rich(setupWords.shortcut, { keys: <kbd>{keys.value}</kbd> })}
                </span>
              </li>
            </ul>
          </section>
        </>,
      )}
    </>
  );
}

/** Where the panel is to be looked for. */
function PanelPicture() {
  return (
    <svg class="setup-picture" viewBox="0 0 240 150" role="img" aria-label={setupWords.pictureOfPanel}>
      <rect class="page" x="0.500" y="0.500" width="239" height="149" rx="9" />
      <path class="line" d="M0 18h240" />
      <circle class="fill" cx="11" cy="9.500" r="2.500" />
      <circle class="fill" cx="19" cy="9.500" r="2.500" />
      <circle class="fill" cx="27" cy="9.500" r="2.500" />
      <rect class="fill" x="16" y="32" width="88" height="8" rx="4" />
      <rect class="fill" x="16" y="52" width="120" height="5" rx="2.500" />
      <rect class="fill" x="16" y="63" width="104" height="5" rx="2.500" />
      <rect class="fill" x="16" y="74" width="112" height="5" rx="2.500" />
      <rect class="fill" x="16" y="94" width="96" height="5" rx="2.500" />
      <g class="panel">
        <rect class="card" x="142" y="76" width="88" height="64" rx="7" />
        <circle class="is-waiting" cx="154" cy="89" r="4" fill="currentColor" />
        <rect class="ink" x="163" y="86" width="46" height="6" rx="3" />
        <rect class="fill" x="152" y="103" width="66" height="4" rx="2" />
        <rect class="fill" x="152" y="112" width="52" height="4" rx="2" />
        <rect class="accent" x="152" y="123" width="34" height="10" rx="4" />
      </g>
    </svg>
  );
}

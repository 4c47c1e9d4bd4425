import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { SetupProgress } from '../../core/contract/messages';
import type { PolicyView, SiteView } from '../../core/contract/views';
import { optionsWords } from '../../core/words/options';
import { setupWords } from '../../core/words/options-setup';
import { sitesWords } from '../../core/words/options-sites';
import { Button } from '../shared/button';
import { CheckIcon, LockIcon, Mark } from '../shared/icons';
import type { RequestAccess } from './app';
import { Connect } from './connect';
import { LanguagePicker } from './language-picker';
import { SetUpPanel } from './setup-panel';
import { SetUpTemplate } from './setup-template';
import { Loading, Trouble } from './trouble';

const STEPS = ['desk', 'template', 'panel'] as const satisfies readonly SetupProgress['step'][];
type Step = (typeof STEPS)[number];

interface SetUpProps {
  ask: Ask;
  requestAccess: RequestAccess;
  /** `null`: not known yet. */
  policy: PolicyView | null;
}

/** Leads a new person to a working panel in three steps. Each can be skipped; where they stopped is kept. */
export function SetUp({ ask, requestAccess, policy }: SetUpProps) {
  const step = useSignal<Step | null>(null);
  /** The one that the steps are about is the last: the newest, or the one that was dealt with since. */
  const sites = useSignal<SiteView[]>([]);
  const error = useSignal<string | null>(null);
  /** The trouble is that something could not be read. */
  const unread = useSignal(false);
  const failed = (words: string) => {
    error.value = words;
    unread.value = true;
  };
  const titleRef = useRef<HTMLHeadingElement>(null);
  const nextRef = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    Promise.all([ask('setup.get', {}), ask('sites.list', {})]).then(([progress, list]) => {
      if (list.ok) sites.value = list.value.toSorted((a, b) => a.connectedAt - b.connectedAt);
      else failed(list.message);
      step.value = progress.ok ? progress.value.step : 'desk';
    });
  }, []);

  // Whoever begins types an address; after each step its title is read first.
  const shown = useRef(false);
  useEffect(() => {
    if (step.value === null) return;
    const field = shown.current ? null : document.querySelector<HTMLElement>('.setup-main input[inputmode="url"]');
    (field ?? titleRef.current)?.focus();
    shown.current = true;
  }, [step.value]);

  const deal = (site: SiteView) => {
    sites.value = [...sites.value.filter(({ siteId }) => siteId !== site.siteId), site];
  };
  const go = async (next: Step) => {
    step.value = next;
    error.value = null;
    unread.value = false;
    await ask('setup.set', { step: next });
  };
  const finish = async () => {
    // Whoever comes back begins anew.
    await ask('setup.set', { step: 'desk' });
    location.hash = '#sites';
  };

  const connected = sites.value.filter(({ granted }) => granted);
  const at = step.value === null ? 0 : STEPS.indexOf(step.value);
  const next = STEPS[at + 1];
  const previous = STEPS[at - 1];
  const done: Record<Step, boolean> = {
    desk: connected.length > 0,
    template: at > 1 && connected.length > 0,
    panel: false,
  };

  const frame = (title: string, about: ComponentChildren, body: ComponentChildren, primary: ComponentChildren) => (
    <main class="setup-main" key={step.value}>
      <p class="setup-count muted small">{setupWords.step(at + 1, STEPS.length)}</p>
      <h1 tabIndex={-1} ref={titleRef}>
        {title}
      </h1>
      <p class="setup-about muted">{about}</p>
      <Trouble words={error.value} {...(unread.value ? { again: () => location.reload() } : {})} />
      {body}
      <div class="setup-actions">
        {previous && (
          <Button kind="ghost" onPress={() => go(previous)}>
            {setupWords.back}
          </Button>
        )}
        <span class="setup-on">{primary}</span>
      </div>
    </main>
  );
  const skip = next && (
    <Button kind="ghost" onPress={() => go(next)}>
      {setupWords.skip}
    </Button>
  );

  return (
    <div class="ui setup">
      <header class="setup-head">
        <p class="brand">
          <Mark size={24} />
          <b>{optionsWords.product}</b>
        </p>
        <LanguagePicker ask={ask} by={policy?.language ?? null} />
        <a class="button ghost" href="#sites">
          {setupWords.leave}
        </a>
      </header>
      <nav class="setup-steps" aria-label={setupWords.steps}>
        <ol>
          {STEPS.map((one) => (
            <li key={one}>
              <button
                type="button"
                aria-current={one === step.value ? 'step' : undefined}
                class={done[one] ? 'done' : ''}
                onClick={() => go(one)}
              >
                {done[one] && <CheckIcon />}
                {setupWords.names[one]}
                {done[one] && <span class="visually-hidden"> ({setupWords.isDone})</span>}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {step.value === null && (
        <main class="setup-main">
          <Loading problem={null} />
        </main>
      )}
      {step.value === 'desk' &&
        frame(
          setupWords.deskTitle,
          setupWords.aboutDesk,
          <Desk
            ask={ask}
            requestAccess={requestAccess}
            allowed={policy?.allowedSites ?? null}
            sites={connected}
            onProblem={(words) => {
              error.value = words;
            }}
            onConnected={(site) => {
              deal(site);
              // The field that had the focus is gone.
              requestAnimationFrame(() => nextRef.current?.focus());
            }}
          />,
          connected.length > 0 ? (
            <Button kind="primary" buttonRef={nextRef} onPress={() => go('template')}>
              {setupWords.next}
            </Button>
          ) : (
            skip
          ),
        )}
      {step.value === 'template' && (
        <SetUpTemplate
          ask={ask}
          sites={connected}
          mayAdd={policy?.role.value !== 'agent'}
          frame={(title, body, primary) =>
            frame(
              title,
              setupWords.aboutTemplate,
              body,
              <>
                {skip}
                {primary}
              </>,
            )
          }
          onProblem={(words) => {
            error.value = words;
          }}
          onUnread={failed}
          onConnectFirst={() => go('desk')}
          onChosen={(site) => {
            deal(site);
            go('panel');
          }}
        />
      )}
      {step.value === 'panel' && (
        <SetUpPanel
          ask={ask}
          site={connected.at(-1) ?? null}
          onConnectFirst={() => go('desk')}
          frame={(title, about, body) =>
            frame(
              title,
              about,
              body,
              <Button kind="primary" onPress={finish}>
                {setupWords.finish}
              </Button>,
            )
          }
        />
      )}
    </div>
  );
}

/** The first step: an address, the browser's permission for it, and which help desk answers there. */
function Desk({
  ask,
  requestAccess,
  allowed,
  sites,
  onProblem,
  onConnected,
}: {
  ask: Ask;
  requestAccess: RequestAccess;
  allowed: readonly string[] | null;
  sites: readonly SiteView[];
  onProblem: (words: string | null) => void;
  onConnected: (site: SiteView) => void;
}) {
  const more = useSignal(false);
  const offered = (allowed ?? []).filter((origin) => !sites.some(({ baseUrl }) => new URL(baseUrl).origin === origin));
  return (
    <>
      {allowed && (
        <p class="by-organisation">
          <LockIcon />
          {allowed.length === 0 ? sitesWords.noneAllowed : setupWords.byOrganisation}
        </p>
      )}
      <div role="status">
        {sites.length > 0 && (
          <ul class="setup-found" aria-label={optionsWords.sites}>
            {sites.map((site) => (
              <li key={site.siteId} class="panel-card">
                <span class="setup-tick">
                  <CheckIcon />
                </span>
                <span>
                  <b>{site.name}</b>
                  <br />
                  <span class="muted">{setupWords.connectedTo(site.deskName)}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {sites.length === 0 || more.value ? (
        <Connect
          ask={ask}
          requestAccess={requestAccess}
          offered={offered}
          tell={({ error }) => onProblem(error ?? null)}
          onConnected={(site) => {
            onConnected(site);
            more.value = false;
          }}
        />
      ) : (
        <p>
          <Button
            low
            onPress={() => {
              more.value = true;
            }}
          >
            {setupWords.another}
          </Button>
        </p>
      )}
    </>
  );
}

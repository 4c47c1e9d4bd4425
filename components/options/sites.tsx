import { batch, useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { SiteView, TemplateView } from '../../core/contract/views';
import { connectionWords } from '../../core/words/connection';
import { listed } from '../../core/words/language';
import { optionsWords } from '../../core/words/options';
import { sitesWords } from '../../core/words/options-sites';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { FieldError } from '../shared/field-error';
import { GlobeIcon, LockIcon, WarningIcon } from '../shared/icons';
import { rich } from '../shared/rich';
import { parseAddress } from './address';
import type { RequestAccess } from './app';
import { Connect, type Tell } from './connect';
import { ConnectionTest } from './connection-test';
import { Loading, Trouble } from './trouble';

/** The help desks that this browser knows, and the way to connect another. */
export function Sites({
  ask,
  requestAccess,
  allowed,
}: {
  ask: Ask;
  requestAccess: RequestAccess;
  /** The origins that the organisation lets be connected; `null`: any. */
  allowed: readonly string[] | null;
}) {
  const sites = useSignal<SiteView[] | null>(null);
  const templates = useSignal<TemplateView[]>([]);
  const error = useSignal<string | null>(null);
  const done = useSignal<string | null>(null);
  const listId = useId();

  const load = async () => {
    const [siteAnswer, templateAnswer] = await Promise.all([ask('sites.list', {}), ask('templates.list', {})]);
    batch(() => {
      if (siteAnswer.ok) sites.value = siteAnswer.value;
      if (templateAnswer.ok) templates.value = templateAnswer.value;
      const refused = [siteAnswer, templateAnswer].find((answer) => !answer.ok);
      if (refused && !refused.ok) error.value = refused.message;
    });
  };
  useEffect(() => {
    load();
  }, []);

  const tell = (message: { done?: string; error?: string }) =>
    batch(() => {
      done.value = message.done ?? null;
      error.value = message.error ?? null;
    });

  return (
    <>
      <div class="page-head">
        <h1>{optionsWords.sites}</h1>
        <p class="muted">{sitesWords.about}</p>
      </div>
      <Connect
        ask={ask}
        requestAccess={requestAccess}
        tell={tell}
        onConnected={(site) => {
          sites.value = [...(sites.value ?? []).filter((known) => known.siteId !== site.siteId), site];
          tell({ done: sitesWords.isConnected(site.name) });
        }}
      />
      {allowed && (
        <p class="by-organisation">
          <LockIcon />
          {allowed.length === 0 ? sitesWords.noneAllowed : sitesWords.allowedOnly(listed(allowed))}
        </p>
      )}
      {sites.value === null ? <Loading problem={error.value} /> : <Trouble words={error.value} />}
      <div role="status">{done.value && <p class="message done">{done.value}</p>}</div>
      {sites.value !== null && sites.value.length === 0 && <Empty />}
      {sites.value !== null && sites.value.length > 0 && (
        <section class="block">
          <h2 id={listId}>
            {sitesWords.connected} <span class="count">{sites.value.length}</span>
          </h2>
          <ul class="cards" aria-label={optionsWords.sites}>
            {sites.value.map((site) => (
              <Site
                key={site.siteId}
                site={site}
                templates={templates.value}
                ask={ask}
                requestAccess={requestAccess}
                tell={tell}
                onChanged={(changed) => {
                  sites.value = (sites.value ?? []).map((known) => (known.siteId === changed.siteId ? changed : known));
                }}
                onGone={() => {
                  sites.value = (sites.value ?? []).filter((known) => known.siteId !== site.siteId);
                }}
              />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Empty() {
  return (
    <section class="empty">
      <span class="empty-mark">
        <GlobeIcon />
      </span>
      <h2>{sitesWords.noneYet}</h2>
      <ol>
        <li>{sitesWords.typeAddress}</li>
        <li>{sitesWords.allowWhenAsked}</li>
        <li>{sitesWords.openTicket}</li>
      </ol>
    </section>
  );
}

interface SiteProps {
  site: SiteView;
  templates: TemplateView[];
  ask: Ask;
  requestAccess: RequestAccess;
  tell: Tell;
  onChanged: (site: SiteView) => void;
  onGone: () => void;
}

function Site({ site, templates, ask, requestAccess, tell, onChanged, onGone }: SiteProps) {
  const id = useId();
  const confirming = useSignal(false);
  const busy = useSignal(false);
  const testing = useSignal(false);
  const testRef = useRef<HTMLButtonElement>(null);
  const disconnectRef = useRef<HTMLButtonElement>(null);
  const keepRef = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (confirming.value) keepRef.current?.focus();
  }, [confirming.value]);

  const choose = async (templateId: string) => {
    const answer = await ask('sites.set-template', { siteId: site.siteId, templateId });
    if (answer.ok) {
      onChanged(answer.value);
      const name = templates.find((template) => template.id === templateId)?.name ?? templateId;
      tell({ done: sitesWords.usesTemplate(site.name, name) });
    } else {
      onChanged({ ...site });
      tell({ error: answer.message });
    }
  };
  const disconnect = async () => {
    busy.value = true;
    const answer = await ask('sites.disconnect', { siteId: site.siteId });
    busy.value = false;
    if (!answer.ok) return tell({ error: answer.message });
    onGone();
    tell({ done: sitesWords.disconnected(site.name) });
  };
  const allow = async () => {
    const url = parseAddress(site.baseUrl);
    if (!url) return;
    const granted = await requestAccess(url);
    if (!granted) return tell({ error: sitesWords.notGiven(url.host) });
    const answer = await ask('sites.connect', { address: site.baseUrl });
    if (answer.ok) onChanged(answer.value);
    tell(answer.ok ? { done: sitesWords.connectedAgain(site.name) } : { error: answer.message });
  };

  return (
    <li class="panel-card site">
      <div class="site-main">
        <h3>
          {site.name} <Chip>{site.deskName}</Chip>
          {site.granted ? (
            <Chip tone="done">{sitesWords.granted}</Chip>
          ) : (
            <Chip tone="danger">{sitesWords.noAccess}</Chip>
          )}
        </h3>
        <a class="address" href={site.baseUrl} target="_blank" rel="noreferrer">
          {site.baseUrl}
        </a>
      </div>
      <div class="field site-template">
        <label for={id}>{sitesWords.template}</label>
        <select id={id} class="input" value={site.templateId} onChange={(event) => choose(event.currentTarget.value)}>
          {templates.every((template) => template.id !== site.templateId) && (
            <option value={site.templateId}>{site.templateId}</option>
          )}
          {templates
            .filter((template) => !template.archived || template.id === site.templateId)
            .map((template) => (
              <option key={template.id} value={template.id}>
                {template.name}
              </option>
            ))}
        </select>
      </div>
      <div class="site-actions">
        {!site.granted && !site.forbidden && (
          <Button kind="primary" onPress={allow}>
            {sitesWords.allow}
          </Button>
        )}
        {site.granted && !testing.value && (
          <Button
            label={connectionWords.testOf(site.name)}
            buttonRef={testRef}
            onPress={() => {
              testing.value = true;
            }}
          >
            {connectionWords.test}
          </Button>
        )}
        {!confirming.value && (
          <Button
            kind="ghost"
            buttonRef={disconnectRef}
            onPress={() => {
              confirming.value = true;
            }}
          >
            {sitesWords.disconnect}
          </Button>
        )}
      </div>
      {site.tells.length > 0 && <DeskTells site={site} ask={ask} tell={tell} onChanged={onChanged} />}
      {site.takesKey && <Key site={site} ask={ask} tell={tell} onChanged={onChanged} />}
      {site.problem && (
        <p class="message danger wide">
          <WarningIcon />
          {site.problem}
        </p>
      )}
      {testing.value && (
        <ConnectionTest
          site={site}
          ask={ask}
          onClose={() => {
            testing.value = false;
            requestAnimationFrame(() => testRef.current?.focus());
          }}
        />
      )}
      {confirming.value && (
        // biome-ignore lint/a11y/useSemanticElements: a question in place, not a set of fields
        <div class="confirm wide" role="group" aria-label={sitesWords.disconnectSite(site.name)}>
          <p>{rich(sitesWords.reallyDisconnect, { site: <b>{site.name}</b> })}</p>
          <Button kind="danger" busy={busy.value} label={sitesWords.disconnectSite(site.name)} onPress={disconnect}>
            {sitesWords.disconnect}
          </Button>
          <Button
            kind="ghost"
            buttonRef={keepRef}
            onPress={() => {
              confirming.value = false;
              requestAnimationFrame(() => disconnectRef.current?.focus());
            }}
          >
            {sitesWords.keep}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Which changes the help desk writes to customers about by itself, so that we do not as well. */
function DeskTells({ site, ask, tell, onChanged }: Pick<SiteProps, 'site' | 'ask' | 'tell' | 'onChanged'>) {
  const id = useId();
  const choose = async (status: string, byDesk: boolean) => {
    const others = site.tells.filter((each) => each.byDesk && each.status !== status).map((each) => each.status);
    const answer = await ask('sites.set-desk-tells', {
      siteId: site.siteId,
      statuses: byDesk ? [...others, status] : others,
    });
    // Also after a refusal: the box shows what is kept, not what was clicked.
    onChanged(answer.ok ? answer.value : { ...site });
    if (!answer.ok) return tell({ error: answer.message });
    tell({ done: byDesk ? sitesWords.toldByDesk(site.deskName, status) : sitesWords.toldByUs(status) });
  };
  return (
    <fieldset class="wide desk-tells" aria-describedby={`${id}-hint`}>
      <legend class="field-label">{sitesWords.deskTells(site.deskName)}</legend>
      <div class="checks">
        {site.tells.map(({ status, byDesk }) => (
          <label key={status} class="check">
            <input type="checkbox" checked={byDesk} onChange={(event) => choose(status, event.currentTarget.checked)} />
            {status}
          </label>
        ))}
      </div>
      <p class="muted small" id={`${id}-hint`}>
        {sitesWords.whatToTick(site.deskName)}
      </p>
    </fieldset>
  );
}

/** The agent's key, for a help desk whose interface takes one. What was saved is never shown again. */
function Key({ site, ask, tell, onChanged }: Pick<SiteProps, 'site' | 'ask' | 'tell' | 'onChanged'>) {
  const id = useId();
  const key = useSignal('');
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const inputRef = useRef<HTMLInputElement>(null);

  const send = async (value: string | null) => {
    busy.value = true;
    const answer = await ask('sites.set-key', { siteId: site.siteId, key: value });
    busy.value = false;
    if (!answer.ok) {
      problem.value = answer.message;
      inputRef.current?.focus();
      return;
    }
    batch(() => {
      key.value = '';
      problem.value = null;
      onChanged(answer.value);
      tell({
        done:
          answer.value.keyOwner === null
            ? sitesWords.keyForgotten(site.name)
            : sitesWords.keyWorks(site.name, answer.value.keyOwner),
      });
    });
  };
  const save = () => {
    const typed = key.value.trim();
    if (/^[\x21-\x7e]{8,200}$/.test(typed)) return send(typed);
    problem.value = typed === '' ? sitesWords.pasteFirst : sitesWords.notAKey;
    inputRef.current?.focus();
  };

  return (
    <div class="field wide site-key">
      <label for={id}>
        {sitesWords.key} {site.keyOwner !== null && <Chip tone="done">{sitesWords.actsAs(site.keyOwner)}</Chip>}
      </label>
      <div class="connect-row">
        <input
          id={id}
          class="input"
          type="password"
          autocomplete="off"
          spellcheck={false}
          placeholder={site.keyOwner === null ? sitesWords.keyNotNeeded : sitesWords.keySaved}
          aria-invalid={problem.value ? 'true' : undefined}
          aria-describedby={problem.value ? `${id}-problem` : `${id}-hint`}
          ref={inputRef}
          value={key.value}
          onInput={(event) => {
            key.value = event.currentTarget.value;
            problem.value = null;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.isComposing) save();
          }}
        />
        <Button busy={busy.value} label={sitesWords.saveKeyFor(site.name)} onPress={save}>
          {sitesWords.saveKey}
        </Button>
        {site.keyOwner !== null && (
          <Button kind="ghost" label={sitesWords.forgetKeyOf(site.name)} onPress={() => send(null)}>
            {sitesWords.forget}
          </Button>
        )}
      </div>
      <FieldError id={`${id}-problem`} alert>
        {problem.value}
      </FieldError>
      <p class="muted small" id={`${id}-hint`}>
        {sitesWords.aboutKey(site.deskName)}
      </p>
    </div>
  );
}

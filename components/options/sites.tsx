import { batch, useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { SiteView, TemplateView } from '../../core/contract/views';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { FieldError } from '../shared/field-error';
import { GlobeIcon, WarningIcon } from '../shared/icons';
import { parseAddress } from './address';
import type { RequestAccess } from './app';
import { Trouble } from './trouble';

/** The help desks that this browser knows, and the way to connect another. */
export function Sites({ ask, requestAccess }: { ask: Ask; requestAccess: RequestAccess }) {
  const sites = useSignal<SiteView[] | null>(null);
  const templates = useSignal<TemplateView[]>([]);
  const error = useSignal<string | null>(null);
  const done = useSignal<string | null>(null);
  const listId = useId();

  const load = async () => {
    const [siteAnswer, templateAnswer] = await Promise.all([ask('sites.list', {}), ask('templates.list', {})]);
    batch(() => {
      sites.value = siteAnswer.ok ? siteAnswer.value : (sites.value ?? []);
      if (templateAnswer.ok) templates.value = templateAnswer.value;
      if (!siteAnswer.ok) error.value = siteAnswer.message;
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
        <h1>Sites</h1>
        <p class="muted">
          A site is one help desk at one address. The panel appears on its ticket pages, and nowhere else; nothing runs
          on a page that you have not connected here.
        </p>
      </div>
      <Connect
        ask={ask}
        requestAccess={requestAccess}
        tell={tell}
        onConnected={(site) => {
          sites.value = [...(sites.value ?? []).filter((known) => known.siteId !== site.siteId), site];
          tell({ done: `${site.name} is connected. Open one of its tickets: the panel is in the corner.` });
        }}
      />
      <Trouble words={error.value} />
      <div role="status">{done.value && <p class="message done">{done.value}</p>}</div>
      {sites.value !== null && sites.value.length === 0 && <Empty />}
      {sites.value !== null && sites.value.length > 0 && (
        <section class="block">
          <h2 id={listId}>
            Connected <span class="count">{sites.value.length}</span>
          </h2>
          <ul class="cards" aria-label="Sites">
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

type Tell = (message: { done?: string; error?: string }) => void;

function Connect({
  ask,
  requestAccess,
  tell,
  onConnected,
}: {
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

  const connect = async () => {
    if (busy.value) return;
    const url = parseAddress(address.value);
    if (!url) {
      problem.value =
        address.value.trim() === ''
          ? 'Type the address of your help desk first.'
          : 'This is not an address of a web page. It looks like https://rt.example.com/.';
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
        tell({
          error: `Without access to ${url.host} the panel cannot be shown there. Press Connect again to allow it.`,
        });
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
      tell({ error: `The browser did not accept ${url.host} as an address to ask access for.` });
    } finally {
      busy.value = false;
    }
  };

  return (
    <section class="panel-card connect" aria-label="Connect a help desk">
      <div class="field">
        <label for={id}>Address of the help desk</label>
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
          <Button kind="primary" busy={busy.value} onPress={connect}>
            Connect
          </Button>
        </div>
        <FieldError id={`${id}-problem`}>{problem.value}</FieldError>
        <p class="muted small" id={`${id}-hint`} role={busy.value ? 'status' : undefined}>
          {busy.value
            ? 'Connecting…'
            : 'The browser asks once whether this extension may read and change the pages at this address.'}
        </p>
      </div>
    </section>
  );
}

function Empty() {
  return (
    <section class="empty">
      <span class="empty-mark">
        <GlobeIcon />
      </span>
      <h2>No help desk is connected yet</h2>
      <ol>
        <li>Type the address where you work on tickets, and press Connect.</li>
        <li>Allow access when the browser asks. It is for this one address.</li>
        <li>Open a ticket. Its status, and what happens next, is in the corner of the page.</li>
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
      tell({ done: `Tickets of ${site.name} use the template ${name} from now on.` });
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
    tell({ done: `${site.name} is disconnected.` });
  };
  const allow = async () => {
    const url = parseAddress(site.baseUrl);
    if (!url) return;
    const granted = await requestAccess(url);
    if (!granted) return tell({ error: `Access to ${url.host} was not given.` });
    const answer = await ask('sites.connect', { address: site.baseUrl });
    if (answer.ok) onChanged(answer.value);
    tell(answer.ok ? { done: `${site.name} is connected again.` } : { error: answer.message });
  };

  return (
    <li class="panel-card site">
      <div class="site-main">
        <h3>
          {site.name} <Chip>{site.deskName}</Chip>
          {site.granted ? <Chip tone="done">Access granted</Chip> : <Chip tone="danger">No access</Chip>}
        </h3>
        <a class="address" href={site.baseUrl} target="_blank" rel="noreferrer">
          {site.baseUrl}
        </a>
      </div>
      <div class="field site-template">
        <label for={id}>Case template</label>
        <select id={id} class="input" value={site.templateId} onChange={(event) => choose(event.currentTarget.value)}>
          {templates.every((template) => template.id !== site.templateId) && (
            <option value={site.templateId}>{site.templateId}</option>
          )}
          {templates.map((template) => (
            <option key={template.id} value={template.id}>
              {template.name}
            </option>
          ))}
        </select>
      </div>
      <div class="site-actions">
        {!site.granted && (
          <Button kind="primary" onPress={allow}>
            Allow access
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
            Disconnect
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
      {confirming.value && (
        // biome-ignore lint/a11y/useSemanticElements: a question in place, not a set of fields
        <div class="confirm wide" role="group" aria-label={`Disconnect ${site.name}`}>
          <p>
            Disconnect <b>{site.name}</b>? The panel goes away there and its reminders and auto-closes stop. Nothing in
            the help desk changes.
          </p>
          <Button kind="danger" busy={busy.value} label={`Disconnect ${site.name}`} onPress={disconnect}>
            Disconnect
          </Button>
          <Button
            kind="ghost"
            buttonRef={keepRef}
            onPress={() => {
              confirming.value = false;
              requestAnimationFrame(() => disconnectRef.current?.focus());
            }}
          >
            Keep it
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
    tell({
      done: byDesk
        ? `${site.deskName} tells customers of "${status}" by itself. Our own message about it is left out.`
        : `Customers are told of "${status}" by our own message.`,
    });
  };
  return (
    <fieldset class="wide desk-tells" aria-describedby={`${id}-hint`}>
      <legend class="field-label">{site.deskName} tells customers by itself when a ticket becomes</legend>
      <div class="checks">
        {site.tells.map(({ status, byDesk }) => (
          <label key={status} class="check">
            <input type="checkbox" checked={byDesk} onChange={(event) => choose(status, event.currentTarget.checked)} />
            {status}
          </label>
        ))}
      </div>
      <p class="muted small" id={`${id}-hint`}>
        Tick what {site.deskName} is set up to mail about. The template’s own message for that change is then left out,
        and so is its later notice: nobody is told twice.
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
          value === null
            ? `The key for ${site.name} is forgotten. Your login speaks for you again.`
            : `The key works: ${site.name} takes it for ${answer.value.keyOwner}.`,
      });
    });
  };
  const save = () => {
    const typed = key.value.trim();
    if (/^[\x21-\x7e]{8,200}$/.test(typed)) return send(typed);
    problem.value = typed === '' ? 'Paste the key first.' : 'This is not a key: it has spaces or too few characters.';
    inputRef.current?.focus();
  };

  return (
    <div class="field wide site-key">
      <label for={id}>API key {site.keyOwner !== null && <Chip tone="done">Acts as {site.keyOwner}</Chip>}</label>
      <div class="connect-row">
        <input
          id={id}
          class="input"
          type="password"
          autocomplete="off"
          spellcheck={false}
          placeholder={
            site.keyOwner === null ? 'Not needed; your login speaks for you' : 'Saved. Paste another to replace it'
          }
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
        <Button busy={busy.value} label={`Save key for ${site.name}`} onPress={save}>
          Save key
        </Button>
        {site.keyOwner !== null && (
          <Button kind="ghost" label={`Forget key of ${site.name}`} onPress={() => send(null)}>
            Forget
          </Button>
        )}
      </div>
      <FieldError id={`${id}-problem`} alert>
        {problem.value}
      </FieldError>
      <p class="muted small" id={`${id}-hint`}>
        From “My account” in {site.deskName}. With it, cases go on while you are not logged in. It is kept encrypted in
        this browser, and never shown or exported.
      </p>
    </div>
  );
}

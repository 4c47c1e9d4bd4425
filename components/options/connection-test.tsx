import { batch, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { ConnectionField, ConnectionView, SiteView } from '../../core/contract/views';
import { connectionWords } from '../../core/words/connection';
import { Button } from '../shared/button';
import { CheckIcon, CrossIcon, DashIcon, WarningIcon } from '../shared/icons';
import { rich } from '../shared/rich';

/** What can be read of the ticket that is open in a tab of this site, and what cannot. Begins by itself. */
export function ConnectionTest({ site, ask, onClose }: { site: SiteView; ask: Ask; onClose: () => void }) {
  const view = useSignal<ConnectionView | null>(null);
  const error = useSignal<string | null>(null);
  const busy = useSignal(false);
  const headRef = useRef<HTMLHeadingElement>(null);

  const test = async () => {
    busy.value = true;
    const answer = await ask('sites.test', { siteId: site.siteId });
    batch(() => {
      busy.value = false;
      view.value = answer.ok ? answer.value : null;
      error.value = answer.ok ? null : answer.message;
    });
  };
  useEffect(() => {
    // The button that was pressed is gone.
    headRef.current?.focus();
    test();
  }, []);

  return (
    <section class="wide test" aria-label={connectionWords.result(site.name)} aria-busy={busy.value}>
      <div class="test-head">
        <h4 tabIndex={-1} ref={headRef}>
          {connectionWords.test}
        </h4>
        <Button low busy={busy.value} onPress={test}>
          {connectionWords.again}
        </Button>
        <Button low kind="ghost" onPress={onClose}>
          {connectionWords.close}
        </Button>
      </div>
      <div role="status">
        {!view.value && busy.value && <p class="muted small">{connectionWords.testing}</p>}
        {view.value?.ticket && <Verdict problems={view.value.problems} />}
        {view.value && !view.value.ticket && (
          <div class="test-none">
            <p>
              <b>{connectionWords.noTicket}</b>
            </p>
            <p class="muted">{connectionWords.openOne}</p>
            <a class="button low" href={site.baseUrl} target="_blank" rel="noreferrer">
              {connectionWords.openDesk(site.name)}
            </a>
          </div>
        )}
      </div>
      <div role="alert">
        {error.value && (
          <p class="message danger wide">
            <WarningIcon />
            {error.value}
          </p>
        )}
      </div>
      {view.value?.ticket && <Result view={view.value} ticket={view.value.ticket} />}
    </section>
  );
}

function Verdict({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0)
    return (
      <p class="message done wide">
        <CheckIcon />
        {connectionWords.allWell}
      </p>
    );
  return (
    <div class="message warn wide">
      <WarningIcon />
      <div>
        <p>
          <b>{connectionWords.problems(problems.length)}</b>
        </p>
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Result({ view, ticket }: { view: ConnectionView; ticket: NonNullable<ConnectionView['ticket']> }) {
  const link = (
    <a href={ticket.url} target="_blank" rel="noreferrer">
      #{ticket.ticketId}
    </a>
  );
  return (
    <>
      <ul class="test-desk" aria-label={connectionWords.answers(view.deskName)}>
        {view.desk.map(({ ok, text }) => (
          <li key={text} class={ok ? 'good' : 'bad'}>
            {ok ? <CheckIcon /> : <CrossIcon />}
            <span class="visually-hidden">{ok ? connectionWords.works : connectionWords.fails}: </span>
            {text}
          </li>
        ))}
      </ul>
      <table class="test-fields">
        <caption>
          {rich(connectionWords.ticket, { ticket: link })}
          <span class="muted small">{connectionWords.changesNothing}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{connectionWords.field}</th>
            <th scope="col">{connectionWords.onPage}</th>
            <th scope="col">{connectionWords.byDesk(view.deskName)}</th>
          </tr>
        </thead>
        <tbody>
          {view.fields.map((field) => (
            <tr key={field.id}>
              <th scope="row">{connectionWords.fields[field.id]}</th>
              <td>
                <OnPage field={field} deskName={view.deskName} />
              </td>
              <td>
                {field.desk === null ? (
                  <span class="mark">
                    <DashIcon />
                    <span class="muted">{connectionWords.notSaid}</span>
                  </span>
                ) : (
                  <span class="mark good">
                    <CheckIcon />
                    {field.desk}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function OnPage({ field, deskName }: { field: ConnectionField; deskName: string }) {
  const { page, state } = field;
  if (state === 'found')
    return (
      <span class="mark good">
        <CheckIcon />
        <span>
          <span class="visually-hidden">{connectionWords.found}: </span>
          {page}
        </span>
      </span>
    );
  if (state === 'missing')
    return (
      <span class="mark bad">
        <CrossIcon />
        {connectionWords.missing}
      </span>
    );
  return (
    <span class="mark">
      <DashIcon />
      <span class="muted">{state === 'elsewhere' ? connectionWords.comesFrom(deskName) : connectionWords.none}</span>
    </span>
  );
}

import { batch, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { DiagnosticsFinding, DiagnosticsSite, DiagnosticsView, PolicyView } from '../../core/contract/views';
import { diagnosticsWords } from '../../core/words/diagnostics';
import { listed } from '../../core/words/language';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { CheckIcon, ChevronIcon, WarningIcon } from '../shared/icons';
import { agoWords, dateTimeWords, dueWords } from '../shared/time';
import { Trouble } from './trouble';

/** How the extension is in this browser: whether all is well, and the facts behind that. */
export function Diagnostics({ ask }: { ask: Ask }) {
  const view = useSignal<DiagnosticsView | null>(null);
  const error = useSignal<string | null>(null);
  const busy = useSignal(false);
  const copied = useSignal<'yes' | 'no' | null>(null);

  const look = async () => {
    busy.value = true;
    const answer = await ask('diagnostics.view', {});
    batch(() => {
      busy.value = false;
      copied.value = null;
      if (answer.ok) view.value = answer.value;
      error.value = answer.ok ? null : answer.message;
    });
  };
  useEffect(() => {
    look();
  }, []);

  const copy = async (report: string) => {
    try {
      await navigator.clipboard.writeText(report);
      copied.value = 'yes';
    } catch {
      copied.value = 'no';
    }
  };

  const shown = view.value;
  return (
    <>
      <div class="page-head">
        <h1>{diagnosticsWords.title}</h1>
        <p class="muted">{diagnosticsWords.about}</p>
      </div>
      <Trouble words={error.value} />
      <div role="status">{shown && <Findings findings={shown.findings} />}</div>
      <div class="toolbar">
        <Button busy={busy.value} onPress={look}>
          {diagnosticsWords.lookAgain}
        </Button>
        {shown && <Button onPress={() => copy(shown.report)}>{diagnosticsWords.copy}</Button>}
        {shown && <span class="muted small">{diagnosticsWords.lookedAt(dateTimeWords(shown.now, shown.now))}</span>}
        <span class="small" role="status">
          {copied.value === 'yes' && diagnosticsWords.copied}
          {copied.value === 'no' && diagnosticsWords.notCopied}
        </span>
      </div>
      {shown && <Facts view={shown} />}
      {shown && (
        <details class="letter report" open={copied.value === 'no'}>
          <summary>
            <span class="turn">
              <ChevronIcon />
            </span>
            {diagnosticsWords.whatIsCopied}
          </summary>
          <p class="muted small">{diagnosticsWords.leftOut}</p>
          <textarea class="input" readOnly rows={14} aria-label={diagnosticsWords.whatIsCopied} value={shown.report} />
        </details>
      )}
    </>
  );
}

function Findings({ findings }: { findings: readonly DiagnosticsFinding[] }) {
  if (findings.length === 0)
    return (
      <p class="message done">
        <CheckIcon />
        <b>{diagnosticsWords.allWell}</b>
      </p>
    );
  const worst = findings.some(({ severity }) => severity === 'error') ? 'danger' : 'warn';
  return (
    <div class={`message ${worst}`}>
      <WarningIcon />
      <div>
        <p>
          <b>{diagnosticsWords.wrong(findings.length)}</b>
        </p>
        <ul>
          {findings.map(({ message, mend }) => (
            <li key={message}>
              {message} {mend && <Mend {...mend} />}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Mend({ text, href }: NonNullable<DiagnosticsFinding['mend']>) {
  const outside = href.startsWith('#') ? {} : { target: '_blank', rel: 'noreferrer' };
  return (
    <a class="mend" href={href} {...outside}>
      {text}
    </a>
  );
}

function Facts({ view }: { view: DiagnosticsView }) {
  const { now, timers, outbox, quiet, worker, store } = view;
  const due = (at: number) => `${dueWords(at, now)} (${dateTimeWords(at, now)})`;
  return (
    <>
      <div class="diagnosis">
        <Section title={diagnosticsWords.timers}>
          <Tiles
            tiles={[
              [timers.armed, diagnosticsWords.armed],
              [timers.held, diagnosticsWords.held],
              [timers.overdue, diagnosticsWords.overdueNow, timers.overdue > 0],
            ]}
          />
          <p class="muted small">
            {timers.nextAt === null ? diagnosticsWords.noneDue : diagnosticsWords.nextDue(due(timers.nextAt))}
          </p>
        </Section>
        <Section title={diagnosticsWords.sending}>
          <Tiles
            tiles={[
              [outbox.pending, diagnosticsWords.pending],
              [outbox.failed, diagnosticsWords.failed, outbox.failed > 0],
              [outbox.uncertain, diagnosticsWords.uncertain, outbox.uncertain > 0],
            ]}
          />
          <p class="muted small">
            {outbox.nextAt === null ? diagnosticsWords.nothingOwed : diagnosticsWords.nextSent(due(outbox.nextAt))}
          </p>
        </Section>
        <Section title={diagnosticsWords.browser}>
          <Pairs
            pairs={[
              [diagnosticsWords.extension, view.extension],
              [diagnosticsWords.browserItself, view.browser],
              [diagnosticsWords.language, languageWords(view)],
              [diagnosticsWords.quietHours, quietWords(quiet, now)],
              [diagnosticsWords.organisation, organisationWords(view.organisation)],
            ]}
          />
        </Section>
        <Section title={diagnosticsWords.background}>
          <Pairs
            pairs={[
              [
                diagnosticsWords.started,
                `${agoWords(worker.startedAt, now)}, ${diagnosticsWords.starts(worker.starts)}`,
              ],
              ...['due', 'heartbeat'].map((name): [string, string] => {
                const alarm = view.alarms.find((each) => each.name === name);
                const title = diagnosticsWords.alarms[name] ?? name;
                if (!alarm) return [title, diagnosticsWords.noAlarm];
                const when = dueWords(alarm.at, now);
                return [title, alarm.everyMinutes === null ? when : diagnosticsWords.every(when, alarm.everyMinutes)];
              }),
            ]}
          />
        </Section>
        <Section title={diagnosticsWords.store}>
          {store ? (
            <Pairs
              pairs={[
                ...Object.entries(diagnosticsWords.tables).map(([name, title]): [string, string] => [
                  title,
                  String(store.rows[name] ?? 0),
                ]),
                [diagnosticsWords.form, String(store.version)],
              ]}
            />
          ) : (
            <p class="muted">{diagnosticsWords.storeGone}</p>
          )}
        </Section>
        <Section title={diagnosticsWords.errors}>
          {view.errors.length === 0 ? (
            <p class="muted">{diagnosticsWords.noErrors}</p>
          ) : (
            <ol class="error-notes">
              {view.errors.map((note) => (
                <li key={`${note.at} ${note.where}`}>
                  <span class="muted small">{dateTimeWords(note.at, now)}</span>
                  <span>
                    <b>{note.where}</b> {note.kind} <span class="muted small">{note.place}</span>
                  </span>
                </li>
              ))}
            </ol>
          )}
        </Section>
      </div>
      <Section title={diagnosticsWords.sites}>
        {view.sites.length === 0 ? (
          <p class="muted">{diagnosticsWords.noSites}</p>
        ) : (
          <ul class="site-states">
            {view.sites.map((site) => (
              <SiteState key={site.name} site={site} now={now} />
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

function SiteState({ site, now }: { site: DiagnosticsSite; now: number }) {
  const { name, deskName, granted, pause, checkedAt } = site;
  return (
    <li>
      <span>
        <b>{name}</b> <Chip>{deskName}</Chip>
      </span>
      <span>
        {!granted ? (
          <Chip tone="danger">{diagnosticsWords.noAccess}</Chip>
        ) : pause ? (
          <Chip tone="waiting">{diagnosticsWords.pausedSince(agoWords(pause.since, now))}</Chip>
        ) : (
          <Chip tone="done">{diagnosticsWords.running}</Chip>
        )}
      </span>
      <span class="muted small">
        {checkedAt === null ? diagnosticsWords.notChecked : diagnosticsWords.checked(agoWords(checkedAt, now))}
      </span>
    </li>
  );
}

function quietWords(quiet: DiagnosticsView['quiet'], now: number): string {
  if (!quiet) return diagnosticsWords.off;
  const { from, to, until } = quiet;
  return until === null
    ? diagnosticsWords.quietLater(from, to)
    : diagnosticsWords.quietNow(from, to, dateTimeWords(until, now));
}

function languageWords({ language: { spoken, chosen }, organisation: { language } }: DiagnosticsView): string {
  if (language === 'locked' || (language !== null && chosen === null)) return diagnosticsWords.asOrganisation(spoken);
  return chosen === null ? diagnosticsWords.asBrowser(spoken) : diagnosticsWords.chosen(spoken);
}

function organisationWords({ language, notifications, role, allowedSites }: PolicyView): string {
  const words = diagnosticsWords.set;
  const set = [
    language && words.language,
    notifications && words.notifications,
    role.by && words.role,
    allowedSites && words.allowedSites,
  ].filter((word) => word !== null);
  return set.length === 0 ? diagnosticsWords.nothing : listed(set);
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="panel-card facts" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Numbers to be seen at a glance; `bad`: one that should be 0. */
function Tiles({ tiles }: { tiles: [count: number, name: string, bad?: boolean][] }) {
  return (
    <dl class="tiles">
      {tiles.map(([count, name, bad]) => (
        <div key={name} class={bad ? 'tile bad' : 'tile'}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}

function Pairs({ pairs }: { pairs: [name: string, value: string][] }) {
  return (
    <dl class="pairs">
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

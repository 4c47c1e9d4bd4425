import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../../core/contract/client';
import type { ReplayNumber, ReplaySideView, ReplayView } from '../../../core/contract/views';
import type { CaseTemplate } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { locale } from '../../../core/words/language';
import { replayWords } from '../../../core/words/replay';
import { Button } from '../../shared/button';
import { FieldError } from '../../shared/field-error';
import { dateTimeWords } from '../../shared/time';
import type { EditorState } from './state';

const SPANS = ['7', '30', '90'] as const;
const AT_ONCE = 250;
/** So many parts are on their way at once: the database reads for some while others are counted. */
const AHEAD = 8;
const LISTED = 100;

/** Two parts of one replay as one. */
export function together(a: ReplayView, b: ReplayView): ReplayView {
  const number = (one: ReplayNumber, other: ReplayNumber): ReplayNumber => ({
    count: one.count + other.count,
    found: [...one.found, ...other.found].slice(0, LISTED),
  });
  const side = (one: ReplaySideView, other: ReplaySideView): ReplaySideView => ({
    reminders: number(one.reminders, other.reminders),
    notices: number(one.notices, other.notices),
    autoCloses: number(one.autoCloses, other.autoCloses),
    changes: number(one.changes, other.changes),
    stuck: number(one.stuck, other.stuck),
    closedDespiteReply: number(one.closedDespiteReply, other.closedDespiteReply),
  });
  return {
    cases: a.cases + b.cases,
    unreadable: a.unreadable + b.unreadable,
    would: side(a.would, b.would),
    did: side(a.did, b.did),
    diverged: number(a.diverged, b.diverged),
    differences: number(a.differences, b.differences),
  };
}

/** What the draft would have done with the cases of the last days: numbers, and the cases behind them. */
export function ReplayPart({ ask, state }: { ask: Ask; state: EditorState }) {
  const id = useId();
  const days = useSignal<(typeof SPANS)[number]>('30');
  const work = useSignal<{ done: number; total: number } | null>(null);
  const report = useSignal<ReplayView | null>(null);
  const error = useSignal<string | null>(null);
  const none = useSignal(false);
  const starting = useSignal(false);
  const stopped = useRef(new AbortController());
  /** What the replay that runs is of. */
  const of = useRef<{ template: CaseTemplate; days: string } | null>(null);
  const stop = () => {
    stopped.current.abort();
    work.value = null;
  };
  useEffect(() => () => stopped.current.abort(), []);
  // What is on the screen is of the draft as it was then; what is counted would be of two drafts, or of two spans.
  useEffect(() => {
    report.value = null;
    if (of.current?.template !== state.template.value || of.current.days !== days.value) stop();
  }, [state.template.value, days.value]);

  const run = async () => {
    if (starting.peek()) return;
    error.value = null;
    none.value = false;
    report.value = null;
    starting.value = true;
    await state.flush();
    const template = state.template.peek();
    const templateId = template.id;
    const span = days.peek();
    stopped.current = new AbortController();
    const { signal } = stopped.current;
    of.current = { template, days: span };
    // What is on the screen could not be kept, and what is kept is not what is on the screen.
    const keeping = state.keeping.peek();
    if (keeping === 'conflict' || keeping === 'failed') {
      starting.value = false;
      error.value = keeping === 'conflict' ? editorWords.conflict : state.error.peek();
      return;
    }
    const cases = await ask('drafts.replay-cases', { templateId });
    starting.value = false;
    if (signal.aborted) return;
    if (!cases.ok) {
      error.value = cases.message;
      return;
    }
    work.value = { done: 0, total: cases.value.length };
    let sum: ReplayView | null = null;
    const replayed = (from: number) => {
      const caseKeys = cases.value.slice(from, from + AT_ONCE);
      return caseKeys.length > 0 ? [ask('drafts.replay', { templateId, days: Number(span), caseKeys })] : [];
    };
    const coming = Array.from({ length: AHEAD }, (_, part) => replayed(part * AT_ONCE)).flat();
    for (let from = 0; ; from += AT_ONCE) {
      const part = await coming.shift();
      if (!part || signal.aborted) break;
      if (!part.ok) {
        error.value = part.message;
        break;
      }
      coming.push(...replayed(from + AHEAD * AT_ONCE));
      sum = sum ? together(sum, part.value) : part.value;
      work.value = { done: Math.min(from + AT_ONCE, cases.value.length), total: cases.value.length };
    }
    if (signal.aborted) return;
    work.value = null;
    if (error.value === null) {
      report.value = sum;
      none.value = !sum;
    }
  };

  return (
    <section class="replay" aria-labelledby={`${id}-head`}>
      <h3 id={`${id}-head`}>{editorWords.replay}</h3>
      <p class="muted small">{editorWords.aboutReplay}</p>
      <div class="together">
        <div class="field">
          <label class="field-label" for={`${id}-days`}>
            {editorWords.lastDays}
          </label>
          <select
            id={`${id}-days`}
            class="input"
            value={days.value}
            onChange={(event) => {
              days.value = SPANS.find((span) => span === event.currentTarget.value) ?? '30';
            }}
          >
            {SPANS.map((span) => (
              <option key={span} value={span}>
                {editorWords.days(Number(span))}
              </option>
            ))}
          </select>
        </div>
        {work.value ? (
          <Button onPress={stop}>{editorWords.stop}</Button>
        ) : (
          <Button busy={starting.value} onPress={run}>
            {editorWords.run}
          </Button>
        )}
      </div>
      {work.value && (
        <div class="replay-work">
          <p class="small" id={`${id}-work`}>
            {editorWords.replaying(work.value.done, work.value.total)}
          </p>
          <progress aria-labelledby={`${id}-work`} max={work.value.total} value={work.value.done} />
        </div>
      )}
      <FieldError alert>{error.value}</FieldError>
      <div role="status">
        {report.value && <Report report={report.value} />}
        {none.value && <p class="muted">{editorWords.noCases}</p>}
      </div>
    </section>
  );
}

const LISTS = ['reminders', 'notices', 'autoCloses', 'changes', 'stuck', 'closedDespiteReply'] as const;

function Report({ report }: { report: ReplayView }) {
  return (
    <>
      <p class="small">{editorWords.replayed(report.cases)}</p>
      {report.unreadable > 0 && <p class="small">{editorWords.unreadable(report.unreadable)}</p>}
      <ul class="numbers">
        {LISTS.map((list) => {
          const would = report.would[list];
          const did = report.did[list].count;
          return (
            <li key={list} class={list === 'closedDespiteReply' && would.count > 0 ? 'number bad' : 'number'}>
              <Behind
                number={would}
                title={
                  <>
                    <b>{would.count}</b> {replayWords.lists[list]}
                    <span class="muted"> {against(would.count - did)}</span>
                  </>
                }
              />
            </li>
          );
        })}
        <li class="number">
          <Behind
            number={report.differences}
            title={
              <>
                <b>{report.differences.count}</b> {editorWords.otherCourse}
              </>
            }
          />
        </li>
        {report.diverged.count > 0 && (
          <li class="number">
            <Behind
              number={report.diverged}
              title={
                <>
                  <b>{report.diverged.count}</b> {editorWords.inPart}
                </>
              }
            />
          </li>
        )}
      </ul>
    </>
  );
}

/** How much more than it was: "+118", "−37". */
function against(more: number): string {
  return more === 0 ? editorWords.asItWas : new Intl.NumberFormat(locale(), { signDisplay: 'always' }).format(more);
}

/** A number, and on demand the cases behind it. */
function Behind({ number, title }: { number: ReplayNumber; title: ComponentChildren }) {
  if (number.found.length === 0) return <p>{title}</p>;
  return (
    <details>
      <summary>{title}</summary>
      <ul class="small">
        {number.found.map((found) => (
          <li key={`${found.ticketId} ${found.at} ${found.words}`}>
            {found.url === '' ? (
              `#${found.ticketId}`
            ) : (
              <a href={found.url} target="_blank" rel="noreferrer">
                #{found.ticketId}
              </a>
            )}{' '}
            <time class="muted">{dateTimeWords(found.at, found.at)}</time> {found.words}
          </li>
        ))}
      </ul>
      {number.count > number.found.length && (
        <p class="muted small">{editorWords.moreCases(number.count - number.found.length)}</p>
      )}
    </details>
  );
}

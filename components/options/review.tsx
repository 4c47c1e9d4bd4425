import type { ReadonlySignal } from '@preact/signals';
import { batch, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { ReviewItem } from '../../core/contract/views';
import { optionsWords } from '../../core/words/options';
import { reviewWords } from '../../core/words/options-review';
import { timeWords } from '../../core/words/time';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { makeClock } from '../shared/clock';
import { Dot } from '../shared/dot';
import { CheckIcon } from '../shared/icons';
import { Question } from '../shared/question';
import { rich } from '../shared/rich';
import { dateTimeWords, dueWords } from '../shared/time';
import { Loading, Trouble } from './trouble';

type How = 'act' | 'drop';

/** What waits for a person: the list, or why it could not be read. */
export interface Waiting {
  /** `null`: not read yet. */
  items: ReadonlySignal<ReviewItem[] | null>;
  error: ReadonlySignal<string | null>;
  load: () => Promise<void>;
}

/** Reads what waits for a person, and again whenever somebody comes back to the page. */
export function useWaiting(ask: Ask): Waiting {
  const items = useSignal<ReviewItem[] | null>(null);
  const error = useSignal<string | null>(null);
  const load = async () => {
    const answer = await ask('review.list', {});
    batch(() => {
      if (answer.ok) items.value = answer.value;
      error.value = answer.ok ? null : answer.message;
    });
  };
  useEffect(() => {
    load();
    window.addEventListener('focus', load);
    return () => window.removeEventListener('focus', load);
  }, []);
  return { items, error, load };
}

/** So many timers go to the background at once: few enough to answer in time, and to see it getting on. */
const PART = 20;

/** What one case waits for stays together: letting one of its timers go may move the others. */
function inParts(items: readonly ReviewItem[]): string[][] {
  const parts: string[][] = [];
  for (const ofCase of groupsOf(items, ({ caseKey }) => caseKey)) {
    const last = parts.at(-1);
    const timerIds = ofCase.map(({ timerId }) => timerId);
    if (last && last.length + timerIds.length <= PART) last.push(...timerIds);
    else parts.push(timerIds);
  }
  return parts;
}

function groupsOf(items: readonly ReviewItem[], keyOf: (item: ReviewItem) => string): ReviewItem[][] {
  const groups = new Map<string, ReviewItem[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

/** "23 days late", "due in 2 d 3 h" for one that was stopped before its time. */
function lateWords(dueAt: number, now: number): string {
  const lateMs = now - dueAt;
  if (lateMs < 0) return reviewWords.due(dueWords(dueAt, now));
  const minutes = Math.floor(lateMs / 60_000);
  const { waits } = timeWords;
  return timeWords.late(
    minutes >= 2 * 1440
      ? waits.days(Math.floor(minutes / 1440))
      : minutes >= 120
        ? waits.hours(Math.floor(minutes / 60))
        : waits.minutes(minutes),
  );
}

/** What fell due in absence and what could not decide by itself, for a person to say how it goes on. */
export function Review({ ask, waiting }: { ask: Ask; waiting: Waiting }) {
  const selected = useSignal<ReadonlySet<string>>(new Set());
  const work = useSignal<{ how: How; done: number; total: number; only: string | null } | null>(null);
  const asking = useSignal(false);
  const outcome = useSignal<string | null>(null);
  const problem = useSignal<string | null>(null);
  const headRef = useRef<HTMLHeadingElement>(null);
  const rowsRef = useRef<HTMLDivElement>(null);
  const dropRef = useRef<HTMLButtonElement>(null);
  const leave = useMemo(() => new AbortController(), []);
  const clock = useMemo(() => makeClock(leave.signal), []);
  useEffect(() => {
    clock.setPace('minutes');
    return () => leave.abort();
  }, []);

  const items = waiting.items.value ?? [];
  const ticked = items.filter(({ timerId }) => selected.value.has(timerId));
  const chosen = ticked.length > 0 ? ticked : items;
  // To go on says that the reply has been seen; that is said of one case at a time.
  const free = chosen.filter(({ customerReplied }) => !customerReplied);
  const answered = chosen.length - free.length;
  const which = ticked.length > 0 ? 'selected' : 'all';
  const atOnce = work.value !== null && work.value.only === null;

  /** Puts the focus near to where it was, where what had it is gone. */
  const keepFocus = (row: number | null) => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const rows = rowsRef.current?.querySelectorAll<HTMLElement>('.wait-row') ?? [];
    const near = row === null ? undefined : rows[Math.min(row, rows.length - 1)];
    (near?.querySelector<HTMLElement>('button') ?? headRef.current)?.focus();
  };

  const settle = async (picked: readonly ReviewItem[], how: How, only: ReviewItem | null = null) => {
    if (work.value) return;
    const row = only && items.indexOf(only);
    const progress = (done: number) => ({ how, done, total: picked.length, only: only?.timerId ?? null });
    batch(() => {
      work.value = progress(0);
      asking.value = false;
      outcome.value = null;
      problem.value = null;
    });
    let settled = 0;
    let left = 0;
    let failure: string | null = null;
    for (const timerIds of inParts(picked)) {
      const answer = await ask('review.settle', { timerIds, how });
      if (!answer.ok) {
        failure = answer.message;
        break;
      }
      settled += answer.value.settled;
      left += answer.value.left;
      work.value = progress(settled + left);
    }
    await waiting.load();
    const words = (how === 'act' ? reviewWords.wentOn : reviewWords.dropped)(settled, left);
    batch(() => {
      work.value = null;
      selected.value = new Set();
      if (failure !== null) problem.value = settled + left > 0 ? reviewWords.thenStopped(words, failure) : failure;
      else if (only && settled === 1)
        outcome.value = (how === 'act' ? reviewWords.oneWentOn : reviewWords.oneDropped)(nameOf(only));
      else outcome.value = words;
    });
    requestAnimationFrame(() => keepFocus(row));
  };

  const tick = (timerIds: readonly string[], on: boolean) => {
    const next = new Set(selected.value);
    for (const timerId of timerIds)
      if (on) next.add(timerId);
      else next.delete(timerId);
    selected.value = next;
  };

  const groups = groupsOf(items, ({ caseKey }) => caseKey.slice(0, caseKey.indexOf('/')));
  const error = waiting.error.value;
  return (
    <>
      <div class="page-head">
        <h1 ref={headRef} tabIndex={-1}>
          {optionsWords.review}
        </h1>
        {items.length > 0 && (
          <p class="muted">
            {rich(reviewWords.about, { goOn: <b>{reviewWords.goOn}</b>, drop: <b>{reviewWords.drop}</b> })}
          </p>
        )}
      </div>
      <Trouble words={problem.value ?? error} {...(error ? { again: waiting.load } : {})} />
      {waiting.items.value === null && !error && <Loading problem={null} />}
      <div role="status">{outcome.value && <p class="message done">{outcome.value}</p>}</div>
      {waiting.items.value?.length === 0 && !error && <Empty />}
      {items.length > 1 && (
        <div class="panel-card wait-bar">
          <label class="check">
            <input
              type="checkbox"
              checked={ticked.length === items.length}
              indeterminate={ticked.length > 0 && ticked.length < items.length}
              onChange={(event) =>
                tick(
                  items.map(({ timerId }) => timerId),
                  event.currentTarget.checked,
                )
              }
            />
            {reviewWords.selectAll}
          </label>
          <p class="wait-count muted">{ticked.length > 0 ? reviewWords.selected(ticked.length, items.length) : ''}</p>
          {work.value && atOnce ? (
            <div class="wait-work">
              <p class="small" id="wait-progress">
                {(work.value.how === 'act' ? reviewWords.goingOn : reviewWords.dropping)(
                  work.value.done,
                  work.value.total,
                )}
              </p>
              <progress aria-labelledby="wait-progress" max={work.value.total} value={work.value.done} />
            </div>
          ) : (
            <div class="wait-actions">
              {!asking.value && (
                <Button
                  kind="ghost"
                  buttonRef={dropRef}
                  onPress={() => {
                    asking.value = true;
                  }}
                >
                  {reviewWords.dropMany(which)}
                </Button>
              )}
              {free.length > 0 && (
                <Button kind="primary" onPress={() => settle(free, 'act')}>
                  {reviewWords.goOnWith(which, free.length)}
                </Button>
              )}
            </div>
          )}
          {answered > 0 && <p class="wait-wide small muted">{reviewWords.leftOut(answered, which)}</p>}
          {asking.value && (
            <Question
              class="confirm wait-wide"
              label={reviewWords.dropCount(chosen.length)}
              act={reviewWords.dropCount(chosen.length)}
              keep={reviewWords.keep(chosen.length)}
              low={false}
              onAct={() => settle(chosen, 'drop')}
              onKeep={() => {
                asking.value = false;
                requestAnimationFrame(() => dropRef.current?.focus());
              }}
            >
              <p>
                {rich(reviewWords.reallyDrop(chosen.length), {
                  count: <b>{chosen.length === items.length ? reviewWords.allOf(chosen.length) : chosen.length}</b>,
                })}
              </p>
            </Question>
          )}
        </div>
      )}
      <div class="wait-groups" ref={rowsRef} aria-busy={atOnce || (waiting.items.value === null && !error)}>
        {groups.map((group) => (
          <section class="wait-group" key={group[0]?.caseKey}>
            {groups.length > 1 && (
              <h2>
                {group[0]?.siteName} <span class="count">{group.length}</span>
              </h2>
            )}
            <ul class="panel-card" aria-label={groups.length > 1 ? group[0]?.siteName : optionsWords.review}>
              {group.map((item) => (
                <Row
                  key={item.timerId}
                  item={item}
                  now={clock.now.value}
                  selected={selected.value.has(item.timerId)}
                  busy={work.value?.only === item.timerId ? work.value.how : null}
                  onTick={items.length > 1 ? (on) => tick([item.timerId], on) : null}
                  onSettle={(how) => settle([item], how, item)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** "Reminder to Alice, #12" */
function nameOf({ text, ticketId }: ReviewItem): string {
  return `${text}, #${ticketId}`;
}

interface RowProps {
  item: ReviewItem;
  now: number;
  selected: boolean;
  /** What is being done with it. */
  busy: How | null;
  /** `null`: there is nothing to choose among. */
  onTick: ((on: boolean) => void) | null;
  onSettle: (how: How) => void;
}

function Row({ item, now, selected, busy, onTick, onSettle }: RowProps) {
  return (
    <li class={`wait-row${selected ? ' selected' : ''}`}>
      {onTick ? (
        <label class="check wait-tick">
          <input
            type="checkbox"
            checked={selected}
            aria-label={reviewWords.select(nameOf(item))}
            onChange={(event) => onTick(event.currentTarget.checked)}
          />
        </label>
      ) : (
        <Dot face={item} />
      )}
      <div class="wait-main">
        <p class="wait-what">
          <b>{item.text}</b>
          {item.customerReplied && <Chip tone="active">{reviewWords.replied}</Chip>}
        </p>
        <a class="wait-ticket" href={item.url} target="_blank" rel="noreferrer">
          {item.subject || reviewWords.ticket} <span class="wait-id">#{item.ticketId}</span>
        </a>
      </div>
      <div class="wait-why">
        <Chip tone={item}>
          <Dot face={item} />
          {item.statusName}
        </Chip>
        <p class="small muted">{item.why ?? reviewWords.whileAway}</p>
      </div>
      <time class="wait-late" dateTime={new Date(item.dueAt).toISOString()} title={dateTimeWords(item.dueAt, now)}>
        {lateWords(item.dueAt, now)}
      </time>
      <div class="wait-buttons">
        <Button low busy={busy === 'act'} label={reviewWords.goOnOne(nameOf(item))} onPress={() => onSettle('act')}>
          {reviewWords.goOn}
        </Button>
        <Button
          low
          kind="ghost"
          busy={busy === 'drop'}
          label={reviewWords.dropOne(nameOf(item))}
          onPress={() => onSettle('drop')}
        >
          {reviewWords.drop}
        </Button>
      </div>
    </li>
  );
}

function Empty() {
  return (
    <section class="empty">
      <span class="empty-mark">
        <CheckIcon />
      </span>
      <h2>{reviewWords.nothingWaits}</h2>
      <p class="muted">{reviewWords.aboutNothing}</p>
    </section>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { CaseView, Moment } from '../../core/contract/views';
import { panelWords } from '../../core/words/panel';
import { Button } from '../shared/button';
import { FieldError } from '../shared/field-error';
import { dateTimeWords, dueWords, localInput, localMoment } from '../shared/time';
import { snoozable } from './next-list';
import type { PanelState } from './state';
import { Subhead } from './subhead';

interface LaterFormProps {
  state: PanelState;
  view: CaseView;
  what: 'snooze' | 'remind-me';
}

const ANOTHER = 'another';

/** Chooses a later moment: for a timer of the case, or for a reminder of one's own. */
export function LaterForm({ state, view, what }: LaterFormProps) {
  const id = useId();
  const timers = snoozable(view);
  const timerId = useSignal(timers[0]?.timerId ?? null);
  const moments = useSignal<Moment[] | null>(null);
  const chosen = useSignal<string>('');
  const another = useSignal('');
  const note = useSignal('');
  const problem = useSignal<string | null>(null);
  const bodyRef = useRef<HTMLDivElement>(null);
  /** What was sent last; sent again as it is, after a lost answer, it is the same command. */
  const command = useRef({ of: '', id: '' });
  const snoozes = what === 'snooze';
  const timer = snoozes ? timers.find((item) => item.timerId === timerId.value) : undefined;
  const now = state.now.value;

  useEffect(() => {
    let stale = false;
    const question = { ticketId: view.ticketId, timerId: snoozes ? timerId.value : null };
    state.ask('case.moments', question).then((answer) => {
      if (stale) return;
      if (!answer.ok) {
        problem.value = answer.message;
        return;
      }
      moments.value = answer.value;
      chosen.value ||= answer.value[0]?.id ?? ANOTHER;
      another.value ||= localInput(answer.value[0]?.at ?? now);
    });
    return () => {
      stale = true;
    };
  }, [timerId.value, timer?.dueAt]);

  // At once: what is typed meanwhile must not reach the page. Where the moments come first, they are a moment away.
  const ready = moments.value !== null;
  useLayoutEffect(() => {
    const first = bodyRef.current?.querySelector<HTMLElement>('select, textarea');
    if (!ready) first?.focus();
    else if (!first) bodyRef.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [ready]);

  const submit = () => {
    const at =
      chosen.value === ANOTHER
        ? localMoment(another.value)
        : (moments.value?.find((moment) => moment.id === chosen.value)?.at ?? null);
    const after = timer?.dueAt ?? state.now.value;
    if (snoozes && !timer) problem.value = panelWords.timerGone;
    else if (at === null) problem.value = panelWords.chooseMoment;
    else if (at <= after)
      problem.value = timer ? panelWords.notLater(dateTimeWords(timer.dueAt, now)) : panelWords.over;
    else {
      problem.value = null;
      const of = JSON.stringify([timer?.timerId, at, note.value]);
      if (command.current.of !== of) command.current = { of, id: state.newId() };
      const { id: commandId } = command.current;
      if (timer) state.snooze(commandId, timer.timerId, at);
      else state.remindMe(commandId, at, note.value);
    }
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    submit();
  };

  return (
    <>
      <Subhead state={state} title={snoozes ? panelWords.snooze : panelWords.remindMe} focus />
      <div class="body form" data-scroll ref={bodyRef}>
        {snoozes && timers.length > (timer ? 1 : 0) && (
          <div class="field">
            <label class="field-label" for={`${id}-timer`}>
              {panelWords.what}
            </label>
            <select
              id={`${id}-timer`}
              class="input"
              value={timerId.value ?? ''}
              onChange={(event) => {
                timerId.value = event.currentTarget.value;
                problem.value = null;
              }}
            >
              {timers.map((item) => (
                <option key={item.timerId} value={item.timerId}>
                  {item.text}
                </option>
              ))}
            </select>
          </div>
        )}
        {timer && (
          <p class="form-note">
            {timers.length === 1 && <b>{timer.text}. </b>}
            {panelWords.dueAndMoves(dateTimeWords(timer.dueAt, now), dueWords(timer.dueAt, now))}
          </p>
        )}
        {!snoozes && (
          <div class="field">
            <label class="field-label" for={`${id}-note`}>
              {panelWords.whatAbout}
            </label>
            <textarea
              id={`${id}-note`}
              class="input"
              rows={2}
              maxLength={500}
              placeholder={panelWords.onlyYou}
              value={note.value}
              onInput={(event) => {
                note.value = event.currentTarget.value;
              }}
              onKeyDown={(event) => {
                if (event.ctrlKey || event.metaKey) onEnter(event);
              }}
            />
          </div>
        )}
        {moments.value && (
          <fieldset class="moments" aria-describedby={problem.value ? `${id}-problem` : undefined} onKeyDown={onEnter}>
            <legend class="field-label">{panelWords.when}</legend>
            {[...moments.value, { id: ANOTHER, name: panelWords.anotherTime, at: null }].map((moment) => (
              <label key={moment.id} class="moment">
                <input
                  type="radio"
                  name={`${id}-moment`}
                  value={moment.id}
                  checked={chosen.value === moment.id}
                  onChange={() => {
                    chosen.value = moment.id;
                    problem.value = null;
                  }}
                />
                <span>{moment.name}</span>
                {moment.at !== null && <time class="muted">{dateTimeWords(moment.at, now)}</time>}
              </label>
            ))}
            {chosen.value === ANOTHER && (
              <input
                class="input"
                type="datetime-local"
                aria-label={panelWords.dayAndTime}
                aria-invalid={problem.value ? 'true' : undefined}
                value={another.value}
                // A date field's `input` is not the kind that the keyboard shield hands on.
                onChange={(event) => {
                  another.value = event.currentTarget.value;
                  problem.value = null;
                }}
              />
            )}
          </fieldset>
        )}
        <div role="alert">
          <FieldError id={`${id}-problem`}>{problem.value}</FieldError>
        </div>
      </div>
      <footer class="foot">
        <Button kind="primary" busy={state.busy.value === what} onPress={submit}>
          {snoozes ? panelWords.moveIt : panelWords.setReminder}
        </Button>
        <Button kind="ghost" onPress={() => state.show('case')}>
          {panelWords.cancel}
        </Button>
      </footer>
    </>
  );
}

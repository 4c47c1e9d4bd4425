import { batch, useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { Provision } from '../../core/contract/views';
import type { NotificationKind } from '../../core/domain/case';
import type { NotificationSettings } from '../../core/domain/notification-settings';
import { optionsWords } from '../../core/words/options';
import { notificationsWords } from '../../core/words/options-notifications';
import { FieldError } from '../shared/field-error';
import { ByOrganisation } from './by-organisation';
import { useFresh } from './fresh';
import { Loading, Trouble } from './trouble';

const kinds: NotificationKind[] = ['reminder', 'reply', 'changed', 'told', 'decision', 'not-sent'];

/** What this browser tells the person who uses it, and when. Each choice is kept at once. */
export function Notifications({ ask, by }: { ask: Ask; by: Provision }) {
  const settings = useSignal<NotificationSettings | null>(null);
  const error = useSignal<string | null>(null);
  const done = useSignal(false);
  /** What is stored, as far as is known. */
  const stored = useRef<NotificationSettings | null>(null);
  /** The save that was begun last. Each holds all the choices: what comes of one before it says nothing any more. */
  const newest = useRef(0);

  useFresh(() => {
    ask('notifications.get', {}).then((answer) => {
      batch(() => {
        if (settings.peek() === null) error.value = answer.ok ? null : answer.message;
        if (answer.ok) {
          stored.current = answer.value;
          settings.value = answer.value;
        }
      });
    });
  });

  const save = async (change: Partial<NotificationSettings>) => {
    const before = settings.value;
    if (!before) return;
    const wanted = { ...before, ...change };
    batch(() => {
      settings.value = wanted;
      done.value = false;
      error.value = null;
    });
    newest.current += 1;
    const own = newest.current;
    const answer = await ask('notifications.set', wanted);
    if (answer.ok) stored.current = wanted;
    if (own !== newest.current) return;
    batch(() => {
      if (answer.ok) done.value = true;
      else {
        settings.value = stored.current;
        error.value = answer.message;
      }
    });
  };

  return (
    <>
      <div class="page-head">
        <h1>{optionsWords.notifications}</h1>
        <p class="muted">{notificationsWords.about}</p>
      </div>
      {settings.value === null ? <Loading problem={error.value} /> : <Trouble words={error.value} />}
      <div role="status">{done.value && <p class="message done">{notificationsWords.saved}</p>}</div>
      <ByOrganisation by={by} />
      {settings.value && (
        <fieldset class="all-choices" disabled={by === 'locked'} aria-label={optionsWords.notifications}>
          <Choices settings={settings.value} save={save} />
        </fieldset>
      )}
    </>
  );
}

interface ChoicesProps {
  settings: NotificationSettings;
  save: (change: Partial<NotificationSettings>) => void;
}

function Choices({ settings, save }: ChoicesProps) {
  const id = useId();
  const choose = (kind: NotificationKind, wanted: boolean) => {
    const off = settings.off.filter((each) => each !== kind);
    save({ off: wanted ? off : [...off, kind] });
  };
  return (
    <>
      <section class="panel-card choices" aria-labelledby={`${id}-kinds`}>
        <h2 id={`${id}-kinds`}>{notificationsWords.tellWhen}</h2>
        <ul>
          {kinds.map((kind) => (
            <li key={kind}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={!settings.off.includes(kind)}
                  aria-describedby={`${id}-${kind}`}
                  onChange={(event) => choose(kind, event.currentTarget.checked)}
                />
                {notificationsWords.kinds[kind].title}
              </label>
              <p class="muted small" id={`${id}-${kind}`}>
                {notificationsWords.kinds[kind].what}
              </p>
            </li>
          ))}
        </ul>
        {(settings.off.includes('decision') || settings.off.includes('not-sent')) && (
          <FieldError>{notificationsWords.waitsUnsaid}</FieldError>
        )}
      </section>
      <QuietHours settings={settings} save={save} />
      <Digest settings={settings} save={save} />
    </>
  );
}

/** What is being typed stays in its field when the page is drawn anew, as after the save of another choice. */
function useTyped() {
  const typed = useSignal<string | null>(null);
  return {
    over: (stored: string) => typed.value ?? stored,
    onInput: (event: InputEvent & { currentTarget: HTMLInputElement }) => {
      typed.value = event.currentTarget.value;
    },
    kept: () => {
      typed.value = null;
    },
  };
}

const NIGHT = { from: '19:00', to: '08:00' };

function QuietHours({ settings, save }: ChoicesProps) {
  const id = useId();
  const problem = useSignal<string | null>(null);
  const typed = { from: useTyped(), to: useTyped() };
  const { quiet } = settings;
  const allKept = () => {
    typed.from.kept();
    typed.to.kept();
  };
  const shown = (end: 'from' | 'to') => typed[end].over((quiet ?? NIGHT)[end]);
  const change = () => {
    const wanted = { from: shown('from'), to: shown('to') };
    if (wanted.from === '' || wanted.to === '') problem.value = notificationsWords.bothTimes;
    else if (wanted.from === wanted.to) problem.value = notificationsWords.differentTimes;
    else {
      problem.value = null;
      allKept();
      save({ quiet: wanted });
    }
  };
  const time = (end: 'from' | 'to', label: string) => (
    <div class="field">
      <label for={`${id}-${end}`}>{label}</label>
      <input
        id={`${id}-${end}`}
        class="input"
        type="time"
        value={shown(end)}
        aria-invalid={problem.value ? 'true' : undefined}
        aria-describedby={problem.value ? `${id}-problem` : `${id}-hint`}
        onInput={typed[end].onInput}
        onChange={change}
      />
    </div>
  );
  return (
    <section class="panel-card choices" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{notificationsWords.quietHours}</h2>
      <label class="check">
        <input
          type="checkbox"
          checked={quiet !== null}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            problem.value = null;
            allKept();
            save({ quiet: event.currentTarget.checked ? NIGHT : null });
          }}
        />
        {notificationsWords.tellNothing}
      </label>
      {quiet && (
        <div class="times">
          {time('from', notificationsWords.from)}
          {time('to', notificationsWords.until)}
        </div>
      )}
      <FieldError id={`${id}-problem`} alert>
        {problem.value}
      </FieldError>
      <p class="muted small" id={`${id}-hint`}>
        {notificationsWords.aboutQuiet}
      </p>
    </section>
  );
}

function Digest({ settings, save }: ChoicesProps) {
  const id = useId();
  const problem = useSignal<string | null>(null);
  const typed = useTyped();
  return (
    <section class="panel-card choices" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{notificationsWords.manyAtOnce}</h2>
      <div class="field">
        <label for={id}>{notificationsWords.digestAbove}</label>
        <input
          id={id}
          class="input short"
          type="number"
          min={1}
          max={100}
          value={typed.over(String(settings.digestAbove))}
          aria-invalid={problem.value ? 'true' : undefined}
          aria-describedby={problem.value ? `${id}-problem` : undefined}
          onInput={typed.onInput}
          onChange={(event) => {
            const { valueAsNumber } = event.currentTarget;
            const fits = Number.isInteger(valueAsNumber) && valueAsNumber >= 1 && valueAsNumber <= 100;
            problem.value = fits ? null : notificationsWords.wholeNumber;
            if (!fits) return;
            typed.kept();
            save({ digestAbove: valueAsNumber });
          }}
        />
      </div>
      <FieldError id={`${id}-problem`} alert>
        {problem.value}
      </FieldError>
    </section>
  );
}

import { effect, useComputed, useSignal } from '@preact/signals';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import tokens from '../../../assets/tokens/page.css?inline';
import type { Ask } from '../../../core/contract/client';
import type { OverlayHandle } from '../../../core/contract/overlay';
import type { MakeSampleCase, SampleCase, SampleSent, SampleState } from '../../../core/contract/sample';
import type { Choice, DraftView } from '../../../core/contract/views';
import type { BusinessCalendar } from '../../../core/domain/calendar';
import { DEFAULT_SHORTCUTS } from '../../../core/domain/shortcuts';
import type { CaseTemplate } from '../../../core/domain/template';
import { locale } from '../../../core/words/language';
import { sampleWords } from '../../../core/words/sample';
import { Button } from '../../shared/button';
import { makeClock } from '../../shared/clock';
import { BellIcon, ChevronIcon, MailIcon, NoteIcon } from '../../shared/icons';
import { dateTimeWords, dueWords } from '../../shared/time';
import { Trouble } from '../trouble';
import embedded from './panel-in-page.css?inline';
import type { EditorState } from './state';

/** The panel, and the case that it shows: loaded when an editor is opened, and not with every page of the options. */
export interface PreviewParts {
  makeSampleCase: MakeSampleCase;
  mountPanel(handle: OverlayHandle): void;
}

/** How long the preview waits for the next letter before it follows the draft. */
const EDIT_PAUSE_MS = 300;
const MOST_DELAY_MS = 2 ** 31 - 1;
/** A draft that turns in circles has always something due. */
const LEAST_DELAY_MS = 250;
const SECONDS_MATTER_MS = 120_000;
const WIDE = '(min-width: 1081px)';

interface PreviewProps {
  ask: Ask;
  state: EditorState;
  load: () => Promise<PreviewParts>;
}

/** The panel of a sample case that lives by the draft as it is now. Folded away where there is no room beside the editor. */
export function Preview(props: PreviewProps) {
  const id = useId();
  const open = useSignal(matchMedia(WIDE).matches);
  return (
    <section class="panel-card preview" aria-labelledby={id}>
      <h2 id={id}>
        <button
          type="button"
          class="preview-fold"
          aria-expanded={open.value}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          {sampleWords.title}
          <ChevronIcon />
        </button>
      </h2>
      {open.value && <Loading {...props} />}
    </section>
  );
}

function Loading({ ask, state, load }: PreviewProps) {
  const parts = useSignal<{ panel: PreviewParts; calendars: BusinessCalendar[] } | null>(null);
  const problem = useSignal<string | null>(null);
  // Alone, so that typing does not draw the preview anew.
  const calendarId = useComputed(() => state.template.value.calendarId).value;
  const read = () => {
    problem.value = null;
    Promise.all([load(), ask('calendars.list', {})]).then(
      ([panel, answer]) => {
        if (answer.ok) parts.value = { panel, calendars: answer.value.calendars.map(({ calendar }) => calendar) };
        else problem.value = answer.message;
      },
      // An update of the extension takes the parts away that a page from before it would load.
      () => {
        problem.value = sampleWords.notLoaded;
      },
    );
  };
  useEffect(read, []);
  // What an update has taken away does not come back by trying.
  const gone = problem.value === sampleWords.notLoaded;
  if (!parts.value) return <Trouble words={problem.value} {...(gone ? {} : { again: read })} />;
  const { panel, calendars } = parts.value;
  return (
    <Tried
      key={calendarId}
      state={state}
      parts={panel}
      calendar={calendars.find(({ id }) => id === calendarId) ?? null}
    />
  );
}

function Tried({
  state,
  parts,
  calendar,
}: {
  state: EditorState;
  parts: PreviewParts;
  calendar: BusinessCalendar | null;
}) {
  const sample = useMemo(
    () =>
      parts.makeSampleCase({
        template: state.template.peek(),
        calendar,
        desk: deskOf(state.view, state.template.peek()),
      }),
    [],
  );
  const shown = useSignal<SampleState | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    sample.subscribe((next) => {
      shown.value = next;
    }, leaving.signal);
    return () => leaving.abort();
  }, []);
  // Typing comes first: the draft is followed once there is a pause.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seen = state.template.peek();
    const stop = effect(() => {
      const template = state.template.value;
      clearTimeout(timer);
      if (template === seen) return;
      timer = setTimeout(() => {
        seen = template;
        sample.setTemplate(template);
      }, EDIT_PAUSE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  // What falls due by itself while one looks: a message after its ten seconds.
  useEffect(() => {
    const { nextAt, now } = shown.value ?? { nextAt: null, now: 0 };
    if (nextAt === null) return;
    const delay = Math.min(Math.max(nextAt - now, LEAST_DELAY_MS), MOST_DELAY_MS);
    const timer = setTimeout(() => sample.catchUp(), delay);
    return () => clearTimeout(timer);
  }, [shown.value]);
  return shown.value && <Shown sample={sample} now={shown.value} parts={parts} />;
}

function Shown({ sample, now: state, parts }: { sample: SampleCase; now: SampleState; parts: PreviewParts }) {
  const id = useId();
  const { view, places, placeId, nextAt, sent } = state;
  return (
    <>
      <p class="muted small">{sampleWords.about}</p>
      <div class="preview-start">
        <label class="field-label" for={id}>
          {sampleWords.begins}
        </label>
        <select id={id} class="input" value={placeId} onChange={(event) => sample.start(event.currentTarget.value)}>
          {places.map((place) => (
            <option key={place.id} value={place.id}>
              {place.name}
            </option>
          ))}
        </select>
        <Button kind="ghost" low onPress={() => sample.start(placeId)}>
          {sampleWords.startOver}
        </Button>
      </div>
      {view && (
        // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a set of fields
        <div class="preview-time" role="group" aria-label={sampleWords.passing}>
          <SampleTime now={state.now} nextAt={nextAt} />
          <Button low off={nextAt === null} onPress={() => sample.pass('next')}>
            {sampleWords.nextDue}
          </Button>
          <Button low onPress={() => sample.pass('day')}>
            {sampleWords.oneDay}
          </Button>
          <Button low off={!view.tracked} onPress={() => sample.reply()}>
            {sampleWords.reply}
          </Button>
        </div>
      )}
      <div role="status">{state.word !== null && <p class="preview-word small">{state.word}</p>}</div>
      <PanelOf key={state.run} sample={sample} hidden={view === null} mountPanel={parts.mountPanel} />
      {sent.length > 0 && <Sent sent={sent} now={state.now} />}
    </>
  );
}

/** The sample's own time, which goes on by itself as well. */
function SampleTime({ now, nextAt }: { now: number; nextAt: number | null }) {
  const leaving = useMemo(() => new AbortController(), []);
  const clock = useMemo(() => makeClock(leaving.signal), []);
  useEffect(() => () => leaving.abort(), []);
  useEffect(() => {
    clock.sync(now);
    clock.setPace(nextAt !== null && nextAt - now < SECONDS_MATTER_MS ? 'seconds' : 'minutes');
  }, [now, nextAt]);
  const time = clock.now.value;
  return (
    <p class="preview-clock muted small">
      <time dateTime={new Date(time).toISOString()}>{dateTimeWords(time, time)}</time>
      {nextAt !== null && <span>{sampleWords.next(dueWords(nextAt, time))}</span>}
    </p>
  );
}

/** The real panel, in a shadow of its own: its styles and those of the page do not meet. */
function PanelOf({
  sample,
  hidden,
  mountPanel,
}: {
  sample: SampleCase;
  hidden: boolean;
  mountPanel: PreviewParts['mountPanel'];
}) {
  const hostRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = hostRef.current;
    if (!host) return;
    const leaving = new AbortController();
    const root = host.attachShadow({ mode: 'open' });
    const mount = document.createElement('div');
    root.append(mount);
    let open = true;
    mountPanel({
      root,
      mount,
      sample: true,
      language: locale(),
      dates: null,
      ask: sample.ask,
      newId: () => crypto.randomUUID(),
      subscribe: (listener, signal) =>
        sample.subscribe(
          ({ view }) =>
            listener({ view, place: { open, right: 0, bottom: 0 }, shortcuts: DEFAULT_SHORTCUTS, problem: null }),
          signal,
        ),
      setPlace: (place) => {
        open = place.open;
      },
      setShortcuts: async (shortcuts) => ({ ok: true, value: shortcuts }),
      onShortcut() {},
      taken: () => ({ desk: [], accessKeys: [] }),
      // Every listener has been told already.
      accept() {},
      refresh: () => sample.catchUp(),
      signal: leaving.signal,
    });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(tokens + embedded);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return () => leaving.abort();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hands nothing on of what is typed in the panel
    <div
      class="preview-stage"
      hidden={hidden}
      ref={hostRef}
      // What is undone here is what was typed here, not the draft.
      onKeyDown={(event) => event.stopPropagation()}
    />
  );
}

const icons = { message: MailIcon, note: NoteIcon, notification: BellIcon } as const;

/** What would have left the browser, the newest first. */
function Sent({ sent, now }: { sent: readonly SampleSent[]; now: number }) {
  const id = useId();
  return (
    <div class="preview-sent">
      <h3 class="eyebrow" id={id}>
        {sampleWords.sent}
      </h3>
      <ul aria-labelledby={id}>
        {sent.map((item) => {
          const SentIcon = icons[item.kind];
          return (
            <li key={item.id}>
              <details>
                <summary>
                  <SentIcon />
                  <span class="preview-what">{item.title}</span>
                  <time class="muted" dateTime={new Date(item.at).toISOString()}>
                    {dateTimeWords(item.at, now)}
                  </time>
                </summary>
                <p class="preview-body small">{item.body}</p>
              </details>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The help desk that the sample seems to be in: a connected one that the template says something about, if there is one. */
function deskOf({ desks }: DraftView, { native }: CaseTemplate): Choice {
  const desk = desks.find(({ id }) => Object.hasOwn(native, id)) ?? desks[0];
  // One that is not connected has no name here.
  return desk && desk.name !== desk.id ? desk : { id: desk?.id ?? 'sample', name: sampleWords.deskName };
}

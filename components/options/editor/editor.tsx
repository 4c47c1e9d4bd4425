import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Ask } from '../../../core/contract/client';
import type { SiteView } from '../../../core/contract/views';
import type { CaseTemplate } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { optionsWords } from '../../../core/words/options';
import { sitesWords } from '../../../core/words/options-sites';
import { templatesWords } from '../../../core/words/options-templates';
import { Button } from '../../shared/button';
import { Chip } from '../../shared/chip';
import { AskFirst } from '../../shared/question';
import { Loading, Trouble } from '../trouble';
import { Flow } from './flow';
import { FoundInTab } from './found-here';
import { Messages } from './messages';
import { Preview, type PreviewParts } from './preview';
import { Publish } from './publish';
import { Replies } from './replies';
import { type EditorState, keepingWords, makeEditorState, type Tab } from './state';
import { Statuses } from './statuses';
import { Tickets } from './tickets';
import { Timers } from './timers';
import { Behind, Versions } from './versions';

const TABS = [
  'statuses',
  'flow',
  'timers',
  'replies',
  'messages',
  'tickets',
  'versions',
] as const satisfies readonly Tab[];

/** What was done last; `first`: a template was published that was not there before. */
interface Done {
  words: string;
  first: boolean;
}

/** Edits one template: everything about it by tabs, and beside it what publishing would do. */
export function TemplateEditor({
  ask,
  templateId,
  tab,
  unsaved,
  loadPreview,
}: {
  ask: Ask;
  templateId: string;
  /** Where it begins, as an address says it; anything else is the first. */
  tab?: string | undefined;
  /** Whether leaving would lose something. */
  unsaved: Signal<boolean>;
  loadPreview: () => Promise<PreviewParts>;
}) {
  const state = useSignal<EditorState | null>(null);
  const error = useSignal<string | null>(null);
  const done = useSignal<Done | null>(null);
  // What was loaded anew is edited anew: nothing that was typed for what was there before stays.
  const loads = useSignal(0);
  const load = async () => {
    const answer = await ask('drafts.open', { templateId });
    error.value = null;
    if (answer.ok) {
      loads.value += 1;
      const made = makeEditorState(ask, answer.value);
      const place = TABS.find((one) => one === tab);
      if (place && loads.value === 1) made.go(place);
      state.value = made;
    } else error.value = answer.message;
  };
  useEffect(() => {
    load();
  }, [templateId]);
  // What waits is kept as one goes; what could not be kept would be lost.
  const keeping = state.value?.keeping.value;
  useEffect(() => {
    unsaved.value = keeping === 'conflict' || keeping === 'failed';
    return () => {
      unsaved.value = false;
    };
  }, [keeping]);
  // Whoever leaves loses nothing.
  useEffect(() => {
    const leave = () => void state.value?.flush();
    const close = (event: Event) => {
      if (state.value?.lagging()) event.preventDefault();
    };
    window.addEventListener('pagehide', leave);
    window.addEventListener('beforeunload', close);
    return () => {
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('beforeunload', close);
      leave();
    };
  }, []);
  if (!state.value)
    return (
      <>
        <Crumbs />
        <Loading problem={error.value} />
      </>
    );
  return (
    <Loaded
      key={loads.value}
      ask={ask}
      state={state.value}
      loadPreview={loadPreview}
      done={done.value}
      problem={error.value}
      reload={async (words, first = false, edited = null) => {
        await load();
        if (edited) state.value?.edit(({ version }) => ({ ...edited, version }));
        done.value = words === null ? null : { words, first };
      }}
    />
  );
}

function Loaded({
  ask,
  state,
  loadPreview,
  done,
  problem,
  reload,
}: {
  ask: Ask;
  state: EditorState;
  loadPreview: () => Promise<PreviewParts>;
  done: Done | null;
  /** Why what is stored by now could not be loaded. */
  problem: string | null;
  /** @param edited what goes on as a draft of what is loaded */
  reload: (words: string | null, first?: boolean, edited?: CaseTemplate | null) => Promise<void>;
}) {
  const template = state.template.value;
  const { published } = state.view;
  const { tab } = state.place.value;
  const { behind } = state.review.value;
  const began = behind ? behind.began : published?.version;
  const tabsRef = useRef<HTMLDivElement>(null);
  const besideRef = useRef<HTMLDivElement>(null);
  const titleRef = useRef<HTMLHeadingElement>(null);
  // What was pressed is gone with what was there before.
  useEffect(() => {
    if (done) titleRef.current?.focus();
  }, [done]);
  const editorRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      const { target } = event;
      // A press on an empty place has taken the focus to the page as a whole.
      if (target !== document.body && !(target instanceof Node && editorRef.current?.contains(target))) return;
      // What is typed there is none of the draft: the browser takes it back.
      if (target instanceof Element && target.closest('[data-own-undo]')) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) state.redo();
      else state.undo();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [state]);
  const turn = (step: number) => {
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? 'statuses';
    state.go(next);
    tabsRef.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div class="editor" ref={editorRef}>
      <div class="editor-main">
        <Crumbs name={template.name} />
        <div class="editor-head">
          <h1 tabIndex={-1} ref={titleRef}>
            {template.name}
          </h1>
          <Chip tone={state.drafted.value ? 'active' : undefined}>
            {state.drafted.value
              ? began
                ? editorWords.draftOf(began)
                : editorWords.newDraft
              : templatesWords.version(template.version)}
          </Chip>
          <span class="muted small" role="status">
            {keepingWords(state.keeping.value, state.drafted.value)}
          </span>
          <FindingCounts
            state={state}
            onPress={() => besideRef.current?.querySelector<HTMLElement>('.findings .text-button')?.focus()}
          />
          <span class="editor-actions">
            <Button kind="ghost" off={!state.canUndo.value} onPress={() => state.undo()}>
              {editorWords.undo}
            </Button>
            <Button kind="ghost" off={!state.canRedo.value} onPress={() => state.redo()}>
              {editorWords.redo}
            </Button>
            {state.drafted.value && <Discard state={state} reload={reload} />}
          </span>
        </div>
        <Trouble words={problem ?? state.error.value} />
        {state.keeping.value === 'conflict' && (
          <p class="confirm">
            <span>{editorWords.conflict}</span>
            <Button onPress={() => reload(null)}>{editorWords.takeTheirs}</Button>
            <Button kind="ghost" onPress={() => state.keepMine()}>
              {editorWords.keepMine}
            </Button>
          </p>
        )}
        {state.drafted.value && <Behind ask={ask} state={state} reload={reload} />}
        <div role="status">{done && <p class="message done">{done.words}</p>}</div>
        {done?.first && <UseIt ask={ask} templateId={template.id} name={template.name} />}
        <div
          class="tabs"
          role="tablist"
          aria-label={editorWords.parts}
          ref={tabsRef}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') turn(1);
            if (event.key === 'ArrowLeft') turn(-1);
          }}
        >
          {TABS.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`tab-${one}`}
              data-tab={one}
              aria-selected={one === tab}
              aria-controls="tab-panel"
              tabIndex={one === tab ? 0 : -1}
              onClick={() => state.go(one)}
            >
              {editorWords.tabs[one]}
              <FoundInTab state={state} tab={one} />
            </button>
          ))}
        </div>
        <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          {tab === 'statuses' && <Statuses state={state} />}
          {tab === 'flow' && <Flow state={state} />}
          {tab === 'timers' && <Timers state={state} />}
          {tab === 'replies' && <Replies state={state} />}
          {tab === 'messages' && <Messages state={state} />}
          {tab === 'tickets' && <Tickets state={state} />}
          {tab === 'versions' && <Versions ask={ask} state={state} />}
        </div>
      </div>
      <div class="editor-beside" ref={besideRef}>
        <Preview ask={ask} state={state} load={loadPreview} />
        <Publish
          ask={ask}
          state={state}
          onPublished={(version, retimed, edited) =>
            reload(
              `${editorWords.published(template.name, version)}${retimed ? ` ${editorWords.retiming}` : ''}`,
              version === 1,
              edited,
            )
          }
        />
      </div>
    </div>
  );
}

function Crumbs({ name }: { name?: string }) {
  return (
    <nav class="crumbs" aria-label={editorWords.where}>
      <a href="#templates">{optionsWords.templates}</a> {name && <span aria-hidden="true">›</span>} {name}
    </nav>
  );
}

/** How much the checker finds, in sight wherever one is; leads to what it is. */
function FindingCounts({ state, onPress }: { state: EditorState; onPress: () => void }) {
  const { findings } = state.review.value;
  return (
    <>
      {(['error', 'warning'] as const).map((severity) => {
        const count = findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? null : (
          <button
            key={severity}
            type="button"
            class={`chip finding-count ${severity === 'error' ? 'is-danger' : 'is-waiting'}`}
            onClick={onPress}
          >
            {editorWords.findingCounts[severity](count)}
          </button>
        );
      })}
    </>
  );
}

/** A template that is new is of no use until a help desk has it: offers that for each. */
function UseIt({ ask, templateId, name }: { ask: Ask; templateId: string; name: string }) {
  const sites = useSignal<SiteView[]>([]);
  const error = useSignal<string | null>(null);
  const used = useSignal<SiteView | null>(null);
  const openRef = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    ask('sites.list', {}).then((answer) => {
      if (answer.ok) sites.value = answer.value;
    });
  }, []);
  useEffect(() => {
    if (used.value) openRef.current?.focus();
  }, [used.value]);
  const use = async ({ siteId }: SiteView) => {
    const answer = await ask('sites.set-template', { siteId, templateId });
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    used.value = answer.value;
    sites.value = sites.value.map((site) => (site.siteId === siteId ? answer.value : site));
  };
  const others = sites.value.filter((site) => site.granted && site.templateId !== templateId);
  return (
    <>
      <Trouble words={error.value} />
      <div role="status">
        {used.value && <p class="message done">{sitesWords.usesTemplate(used.value.name, name)}</p>}
      </div>
      {(others.length > 0 || used.value) && (
        <p class="form-actions">
          {used.value && (
            <a class="button primary" href={used.value.baseUrl} target="_blank" rel="noreferrer" ref={openRef}>
              {editorWords.openDesk(used.value.name)}
            </a>
          )}
          {others.map((site) => (
            <Button key={site.siteId} kind={used.value ? 'plain' : 'primary'} onPress={() => use(site)}>
              {editorWords.useFor(site.name)}
            </Button>
          ))}
        </p>
      )}
    </>
  );
}

/** Throws the draft away, after a question. */
function Discard({ state, reload }: { state: EditorState; reload: (words: string | null) => Promise<void> }) {
  return (
    <AskFirst
      opens={editorWords.discard}
      label={editorWords.reallyDiscard}
      act={editorWords.discard}
      keep={editorWords.keepDraft}
      onAct={async () => {
        if (!(await state.discard())) return;
        if (state.view.published) await reload(editorWords.discarded);
        else location.hash = '#templates';
      }}
    >
      <span class="small">{editorWords.reallyDiscard}</span>
    </AskFirst>
  );
}

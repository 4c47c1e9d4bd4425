import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Ask } from '../../../core/contract/client';
import type { RetimeView, TemplateReading, VersionItem } from '../../../core/contract/views';
import type { CaseTemplate } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { templatesWords } from '../../../core/words/options-templates';
import { Button } from '../../shared/button';
import { AskFirst } from '../../shared/question';
import { dateTimeWords } from '../../shared/time';
import { Automatic, MessagesOf, StatusesOf } from '../template-reading';
import { Trouble } from '../trouble';
import { NumberField, SelectField } from './fields';
import { DEFAULT_NOTICE_DAYS } from './publish';
import type { EditorState } from './state';

/** Every version: read, compared with another, taken as a draft. */
export function Versions({ ask, state }: { ask: Ask; state: EditorState }) {
  const { versions } = state.view;
  /** The one that is looked at, and how. */
  const open = useSignal<{ version: number; how: 'read' | 'compare' } | null>(null);
  const error = useSignal<string | null>(null);
  /** What was restored, for as long as it is what is edited. */
  const restored = useSignal<{ version: number; template: CaseTemplate } | null>(null);
  if (versions.length === 0) return <p class="muted">{editorWords.neverPublished}</p>;
  const toggle = (version: number, how: 'read' | 'compare') => {
    error.value = null;
    restored.value = null;
    open.value = open.value?.version === version && open.value.how === how ? null : { version, how };
  };
  const restore = async (version: number) => {
    open.value = null;
    const answer = await ask('drafts.version', { templateId: state.template.value.id, version });
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    state.edit((now) => ({ ...answer.value.template, version: now.version }));
    restored.value = { version, template: state.template.value };
  };
  const newest = versions[0]?.version;
  return (
    <div class="versions">
      <Trouble words={error.value} />
      <div role="status">
        {restored.value?.template === state.template.value && (
          <p class="message done">{editorWords.restored(restored.value.version)}</p>
        )}
      </div>
      {newest !== undefined && <EarlierDates ask={ask} templateId={state.template.value.id} version={newest} />}
      <ol class="panel-card editor-list" aria-label={editorWords.tabs.versions}>
        {versions.map((item) => {
          const { version } = item;
          const how = open.value?.version === version ? open.value.how : null;
          const name = templatesWords.version(version);
          return (
            <li key={version} class="editor-row version-row">
              <Facts item={item} />
              <div class="version-actions">
                <Button
                  low
                  label={editorWords.readWhat(name)}
                  expanded={how === 'read'}
                  onPress={() => toggle(version, 'read')}
                >
                  {editorWords.read}
                </Button>
                {(versions.length > 1 || state.drafted.value) && (
                  <Button
                    low
                    label={editorWords.compareWhat(name)}
                    expanded={how === 'compare'}
                    onPress={() => toggle(version, 'compare')}
                  >
                    {editorWords.compare}
                  </Button>
                )}
                {(state.drafted.value || version !== newest) && (
                  <AskFirst
                    low
                    kind="plain"
                    asks={state.drafted.value}
                    opens={editorWords.restore}
                    opensLabel={editorWords.restoreWhat(name)}
                    label={editorWords.reallyReplace(version)}
                    act={editorWords.replace}
                    keep={editorWords.keepDraft}
                    onAct={() => restore(version)}
                  >
                    <span class="small">{editorWords.reallyReplace(version)}</span>
                  </AskFirst>
                )}
              </div>
              {how === 'read' && <Reading ask={ask} templateId={state.template.value.id} version={version} />}
              {how === 'compare' && <Comparison ask={ask} state={state} version={version} />}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/**
 * Timers that run by the dates of an earlier version: the newest came from a file, or nobody said otherwise when it was
 * published. Says how many, and gives them the new dates.
 */
function EarlierDates({ ask, templateId, version }: { ask: Ask; templateId: string; version: number }) {
  const found = useSignal<RetimeView | null>(null);
  const days = useSignal(DEFAULT_NOTICE_DAYS);
  const misfit = useSignal(false);
  const done = useSignal(false);
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    let latest = true;
    ask('templates.retiming', { templateId, noticeDays: days.value }).then((answer) => {
      if (latest && answer.ok) found.value = answer.value;
    });
    return () => {
      latest = false;
    };
  }, [days.value]);
  const { timers, cases } = found.value ?? { timers: 0, cases: 0 };
  return (
    <>
      <div role="status">{done.value && <p class="message done">{editorWords.retiming}</p>}</div>
      {timers > 0 && !done.value && (
        <section class="panel-card retiming" aria-label={editorWords.running}>
          <h2>{editorWords.running}</h2>
          <p>{editorWords.otherDates(timers, cases, version)}</p>
          <NumberField
            label={editorWords.noticeDays}
            hint={editorWords.noticeHint}
            value={days.value}
            min={1}
            max={365}
            onChange={(wanted) => {
              misfit.value = false;
              days.value = wanted;
            }}
            onMisfit={() => {
              misfit.value = true;
            }}
          />
          <p class="form-actions">
            <Button
              busy={busy.value}
              off={misfit.value}
              onPress={async () => {
                busy.value = true;
                const answer = await ask('templates.retime', { templateId, version, noticeDays: days.value });
                busy.value = false;
                error.value = answer.ok ? null : answer.message;
                done.value = answer.ok;
              }}
            >
              {editorWords.recompute(timers)}
            </Button>
          </p>
          <Trouble words={error.value} />
        </section>
      )}
    </>
  );
}

function Facts({ item: { version, publishedAt, publishedBy, note, changes } }: { item: VersionItem }) {
  return (
    <>
      <p>
        <b>{templatesWords.version(version)}</b>{' '}
        {publishedAt === null ? (
          <span class="muted small">{templatesWords.builtIn}</span>
        ) : (
          <time class="muted small">{dateTimeWords(publishedAt, publishedAt)}</time>
        )}
        {publishedBy !== null && <span class="muted small"> · {publishedBy}</span>}
      </p>
      {note && <p>{note}</p>}
      {changes.length > 0 && (
        <ul class="changes muted small">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Reading({ ask, templateId, version }: { ask: Ask; templateId: string; version: number }) {
  const reading = useSignal<TemplateReading | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    ask('drafts.version', { templateId, version }).then((answer) => {
      if (answer.ok) reading.value = answer.value.reading;
      else error.value = answer.message;
    });
  }, [version]);
  if (!reading.value) return <Trouble words={error.value} />;
  return (
    <section class="version-reading" aria-label={templatesWords.version(version)}>
      <h2>{reading.value.name}</h2>
      {reading.value.summary && <p class="muted">{reading.value.summary}</p>}
      <StatusesOf template={reading.value} />
      <Automatic template={reading.value} />
      <MessagesOf template={reading.value} />
    </section>
  );
}

const DRAFT = 'draft';

/** What changed from a version to another one, or to the draft. */
function Comparison({ ask, state, version }: { ask: Ask; state: EditorState; version: number }) {
  const others = state.view.versions.filter((other) => other.version !== version);
  const options = [
    ...(state.drafted.value ? [{ id: DRAFT, name: editorWords.theDraft }] : []),
    ...others.map((other) => ({ id: String(other.version), name: templatesWords.version(other.version) })),
  ];
  const chosen = useSignal(options[0]?.id ?? DRAFT);
  const found = useSignal<string[] | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    let latest = true;
    const to = chosen.value === DRAFT ? null : Number(chosen.value);
    const compare = async () => {
      if (to === null && (await state.flush()) === null) {
        if (!latest) return;
        // What is kept is another draft than the one on the screen.
        found.value = null;
        error.value = state.keeping.peek() === 'conflict' ? editorWords.conflict : state.error.peek();
        return;
      }
      // From the older to the newer, whichever was opened.
      const [from, until] = to !== null && to < version ? [to, version] : [version, to];
      const answer = await ask('drafts.compare', { templateId: state.template.value.id, from, to: until });
      if (!latest) return;
      found.value = answer.ok ? answer.value : null;
      error.value = answer.ok ? null : answer.message;
    };
    compare();
    return () => {
      latest = false;
    };
  }, [chosen.value, state.review.value]);
  const other = Number(chosen.value);
  const heading =
    chosen.value === DRAFT
      ? editorWords.fromToDraft(version)
      : editorWords.fromVersionTo(Math.min(version, other), Math.max(version, other));
  return (
    <section class="version-reading" aria-label={editorWords.compareWhat(templatesWords.version(version))}>
      <SelectField
        label={editorWords.compareWith}
        value={chosen.value}
        options={options}
        onChange={(id) => {
          chosen.value = id;
        }}
      />
      <Trouble words={error.value} />
      <div role="status">
        {found.value && (
          <>
            <h2>{heading}</h2>
            {found.value.length === 0 ? (
              <p class="muted">{editorWords.nothingDiffers}</p>
            ) : (
              <ul class="changes" aria-label={heading}>
                {found.value.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** Says that a newer version was published after the draft began, what of it the draft would take back, and goes on from it. */
export function Behind({
  ask,
  state,
  reload,
}: {
  ask: Ask;
  state: EditorState;
  reload: (words: string | null) => Promise<void>;
}) {
  const refused = useSignal<string | null>(null);
  const { behind } = state.review.value;
  if (!behind) return null;
  const { version, began, takesBack } = behind;
  return (
    <section class="confirm behind" aria-label={editorWords.isBehind(version, began)}>
      <p>
        <b>{editorWords.isBehind(version, began)}</b>{' '}
        {takesBack.length === 0 ? editorWords.takesNothingBack : editorWords.takesBack}
      </p>
      {takesBack.length > 0 && (
        <ul class="changes">
          {takesBack.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      <Button
        onPress={async () => {
          const seen = await state.flush();
          if (seen === null) return;
          const answer = await ask('drafts.rebase', { templateId: state.template.value.id, seen, onto: version });
          if (answer.ok) await reload(editorWords.goesOnFrom(version));
          else refused.value = answer.message;
        }}
      >
        {editorWords.goOnFrom(version)}
      </Button>
      <Trouble words={refused.value} />
    </section>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Ask } from '../../../core/contract/client';
import type { DraftReview, RetimeView } from '../../../core/contract/views';
import type { CaseTemplate, Target } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { templatesWords } from '../../../core/words/options-templates';
import { Button } from '../../shared/button';
import { FieldError } from '../../shared/field-error';
import { CheckIcon } from '../../shared/icons';
import { Findings } from '../findings';
import { CheckField, NumberField, SelectField, TargetFields } from './fields';
import { ReplayPart } from './replay';
import { type EditorState, placeOf } from './state';

export const DEFAULT_NOTICE_DAYS = 3;

/**
 * After how many days at the soonest timers that run are due by the new version; `null`: they keep their dates.
 * misfit: what is in the field is no such number.
 */
type NoticeDays = number | null | 'misfit';

/** What publishing would do: what is wrong, what changes, which cases it meets; and the publishing itself. */
export function Publish({
  ask,
  state,
  onPublished,
}: {
  ask: Ask;
  state: EditorState;
  /**
   * @param retimed timers that run are getting new dates
   * @param edited what was edited since it was sent to be published; `null`: nothing
   */
  onPublished: (version: number, retimed: boolean, edited: CaseTemplate | null) => void;
}) {
  const id = useId();
  const refused = useSignal<string | null>(null);
  const busy = useSignal(false);
  const { findings, changes, blocked, cases, staying, retired, behind } = state.review.value;
  /** Where the cases of what is retired go, by where they are. */
  const moves = useSignal<ReadonlyMap<string, Target>>(new Map());
  const noticeDays = useSignal<NoticeDays>(null);
  const next = (behind?.version ?? state.view.published?.version ?? 0) + 1;
  return (
    <aside class="editor-side" aria-label={editorWords.publishVersion(next)}>
      <h2>{editorWords.publishVersion(next)}</h2>
      {findings.length === 0 ? (
        <p class="all-well">
          <CheckIcon /> {editorWords.nothingWrong}
        </p>
      ) : (
        <Findings
          findings={findings}
          onShow={({ path }) => {
            const place = placeOf(path);
            state.go(place.tab, place.index);
          }}
        />
      )}
      <h3>{editorWords.changes}</h3>
      {changes.length === 0 ? (
        <p class="muted">{editorWords.noChanges}</p>
      ) : (
        <ul class="changes" aria-label={editorWords.changes}>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      {cases > 0 && (
        <p class="muted">
          {templatesWords.casesHaveIt(cases)} {staying > 0 && templatesWords.someStay(staying)}
        </p>
      )}
      {retired.length > 0 && (
        <Leavers
          state={state}
          retired={retired}
          moves={moves.value}
          onChange={(next) => {
            moves.value = next;
          }}
        />
      )}
      {state.view.published && cases > 0 && (
        <Retiming
          ask={ask}
          state={state}
          noticeDays={noticeDays.value}
          onChange={(days) => {
            noticeDays.value = days;
          }}
        />
      )}
      {state.view.published && <ReplayPart ask={ask} state={state} />}
      <div class="field">
        <label class="field-label" for={id}>
          {templatesWords.note}
        </label>
        <span class="field-hint"> {templatesWords.noteHint}</span>
        <textarea
          id={id}
          class="input"
          data-own-undo
          rows={2}
          maxLength={2000}
          value={state.note.value}
          onInput={(event) => state.setNote(event.currentTarget.value)}
        />
      </div>
      <FieldError alert>{refused.value}</FieldError>
      <p class="review-actions">
        <Button
          kind="primary"
          busy={busy.value}
          off={!state.drafted.value || noticeDays.value === 'misfit'}
          onPress={async () => {
            const days = noticeDays.peek();
            if (days === 'misfit') return;
            refused.value = null;
            busy.value = true;
            const seen = await state.flush();
            // By the draft as it is now kept: what was brought back meanwhile is left by nobody.
            const { retired } = state.review.peek();
            const sent = state.template.peek();
            const answer =
              seen === null
                ? null
                : await ask('drafts.publish', {
                    templateId: sent.id,
                    seen,
                    note: state.note.value.trim(),
                    noticeDays: days,
                    moves: retired.flatMap(({ from }) => {
                      const to = moves.peek().get(keyOf(from));
                      return to ? [{ from, to }] : [];
                    }),
                  });
            busy.value = false;
            const edited = state.template.peek();
            if (answer?.ok) onPublished(answer.value.version, days !== null, edited === sent ? null : edited);
            else if (answer) refused.value = answer.message;
            else if (state.keeping.value === 'conflict') refused.value = editorWords.conflict;
            else refused.value = state.error.value ?? editorWords.nothingToPublish;
          }}
        >
          {templatesWords.publish}
        </Button>
        {blocked !== null && refused.value === null && state.drafted.value && (
          <span class="muted small">{blocked}</span>
        )}
      </p>
    </aside>
  );
}

/** Says how many running timers would be due at another time, and lets the admin give them their new dates. */
function Retiming({
  ask,
  state,
  noticeDays,
  onChange,
}: {
  ask: Ask;
  state: EditorState;
  noticeDays: NoticeDays;
  onChange: (noticeDays: NoticeDays) => void;
}) {
  const found = useSignal<RetimeView | null>(null);
  const days = useSignal(DEFAULT_NOTICE_DAYS);
  // Counted by the draft as it is kept: each review is of a draft that was just kept. It takes a look at every case that
  // runs, so not where nothing could be found.
  useEffect(() => {
    let latest = true;
    if (countedBy(state.template.value) === countedBy(state.view.published)) {
      found.value = null;
      return;
    }
    ask('drafts.retiming', { templateId: state.template.value.id, noticeDays: days.value }).then((answer) => {
      if (latest) found.value = answer.ok ? answer.value : null;
    });
    return () => {
      latest = false;
    };
  }, [state.review.value, days.value]);
  const { timers, cases } = found.value ?? { timers: 0, cases: 0 };
  // What was ticked for other edits is not carried out for these without a word.
  useEffect(() => {
    if (timers === 0) onChange(null);
  }, [found.value]);
  if (timers === 0) return <p class="muted">{templatesWords.datesStay}</p>;
  return (
    <section class="retiming" aria-label={editorWords.running}>
      <h3>{editorWords.running}</h3>
      <p>{editorWords.otherDates(timers, cases, null)}</p>
      <CheckField
        label={editorWords.recompute(timers)}
        checked={noticeDays !== null}
        onChange={(on) => onChange(on ? days.value : null)}
      />
      {noticeDays !== null && (
        <NumberField
          label={editorWords.noticeDays}
          hint={editorWords.noticeHint}
          value={days.value}
          min={1}
          max={365}
          onChange={(wanted) => {
            days.value = wanted;
            onChange(wanted);
          }}
          onMisfit={() => onChange('misfit')}
        />
      )}
    </section>
  );
}

/** What the dates of timers rest on. */
function countedBy(template: CaseTemplate | null): string {
  return JSON.stringify([template?.timers, template?.calendarId]);
}

/** Of a place: two that are retired may be called the same. */
const keyOf = ({ statusId, subStatusId, tagId }: Target) => JSON.stringify([statusId, subStatusId, tagId]);

/** Asks where the cases go that are in what is retired. */
function Leavers({
  state,
  retired,
  moves,
  onChange,
}: {
  state: EditorState;
  retired: DraftReview['retired'];
  moves: ReadonlyMap<string, Target>;
  onChange: (moves: ReadonlyMap<string, Target>) => void;
}) {
  const template = state.template.value;
  const set = (from: Target, to: Target | null) => {
    const next = new Map(moves);
    if (to) next.set(keyOf(from), to);
    else next.delete(keyOf(from));
    onChange(next);
  };
  return (
    <section class="leavers" aria-label={editorWords.leavers}>
      <h3>{editorWords.leavers}</h3>
      {retired.map(({ from, name, cases }) => {
        const to = moves.get(keyOf(from));
        return (
          <div key={keyOf(from)} class="leaver">
            <SelectField
              label={editorWords.casesIn(cases, name)}
              value={to ? 'move' : 'keep'}
              options={[
                { id: 'keep', name: editorWords.stayThere },
                { id: 'move', name: editorWords.moveAway },
              ]}
              onChange={(how) =>
                set(
                  from,
                  how === 'move' ? { statusId: template.initialStatusId, subStatusId: null, tagId: null } : null,
                )
              }
            />
            {to && (
              <TargetFields
                label={editorWords.whereTo}
                template={template}
                value={to}
                onChange={(next) => set(from, next)}
              />
            )}
          </div>
        );
      })}
    </section>
  );
}

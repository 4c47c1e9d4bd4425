import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Ask } from '../../../core/contract/client';
import type { DraftReview } from '../../../core/contract/views';
import type { Target } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { templatesWords } from '../../../core/words/options-templates';
import { Button } from '../../shared/button';
import { FieldError } from '../../shared/field-error';
import { CheckIcon } from '../../shared/icons';
import { SelectField, TargetFields } from './fields';
import { ReplayPart } from './replay';
import { type EditorState, placeOf } from './state';

/** What publishing would do: what is wrong, what changes, which cases it meets; and the publishing itself. */
export function Publish({
  ask,
  state,
  onPublished,
}: {
  ask: Ask;
  state: EditorState;
  onPublished: (version: number) => void;
}) {
  const id = useId();
  const note = useSignal('');
  const refused = useSignal<string | null>(null);
  const busy = useSignal(false);
  const { findings, changes, blocked, cases, staying, retired } = state.review.value;
  /** Where the cases of what is retired go, by where they are. */
  const moves = useSignal<ReadonlyMap<string, Target>>(new Map());
  const next = (state.view.published?.version ?? 0) + 1;
  return (
    <aside class="editor-side" aria-label={editorWords.publishVersion(next)}>
      <h2>{editorWords.publishVersion(next)}</h2>
      {findings.length === 0 ? (
        <p class="all-well">
          <CheckIcon /> {editorWords.nothingWrong}
        </p>
      ) : (
        <ul class="findings" aria-label={templatesWords.findings}>
          {findings.map(({ severity, message, example, path }) => {
            const place = placeOf(path);
            return (
              <li key={`${path.join('.')} ${message}`} class={severity}>
                <b>{templatesWords.severities[severity]}:</b> {message}
                {example.length > 0 && (
                  <ol class="muted small">
                    {example.map((step) => (
                      <li key={step}>{step}</li>
                    ))}
                  </ol>
                )}
                <button type="button" class="text-button" onClick={() => state.go(place.tab, place.index)}>
                  {editorWords.show}
                </button>
              </li>
            );
          })}
        </ul>
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
          {templatesWords.casesHaveIt(cases)}{' '}
          {staying === 0 ? templatesWords.datesStay : templatesWords.someStay(staying)}
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
      {state.view.published && <ReplayPart ask={ask} state={state} />}
      <div class="field">
        <label class="field-label" for={id}>
          {templatesWords.note}
        </label>
        <span class="field-hint"> {templatesWords.noteHint}</span>
        <textarea
          id={id}
          class="input"
          rows={2}
          maxLength={2000}
          value={note.value}
          onInput={(event) => {
            note.value = event.currentTarget.value;
          }}
        />
      </div>
      <FieldError alert>{refused.value}</FieldError>
      <p class="review-actions">
        <Button
          kind="primary"
          busy={busy.value}
          off={!state.drafted.value}
          onPress={async () => {
            refused.value = null;
            busy.value = true;
            const seen = await state.flush();
            const answer =
              seen === null
                ? null
                : await ask('drafts.publish', {
                    templateId: state.template.value.id,
                    seen,
                    note: note.value.trim(),
                    moves: retired.flatMap(({ from, name }) => {
                      const to = moves.value.get(name);
                      return to ? [{ from, to }] : [];
                    }),
                  });
            busy.value = false;
            if (answer?.ok) onPublished(answer.value.version);
            else refused.value = answer?.message ?? state.error.value ?? editorWords.nothingToPublish;
          }}
        >
          {templatesWords.publish}
        </Button>
        {blocked !== null && state.drafted.value && <span class="muted small">{blocked}</span>}
      </p>
    </aside>
  );
}

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
  const set = (name: string, to: Target | null) => {
    const next = new Map(moves);
    if (to) next.set(name, to);
    else next.delete(name);
    onChange(next);
  };
  return (
    <section class="leavers" aria-label={editorWords.leavers}>
      <h3>{editorWords.leavers}</h3>
      {retired.map(({ name, cases }) => {
        const to = moves.get(name);
        return (
          <div key={name} class="leaver">
            <SelectField
              label={editorWords.casesIn(cases, name)}
              value={to ? 'move' : 'keep'}
              options={[
                { id: 'keep', name: editorWords.stayThere },
                { id: 'move', name: editorWords.moveAway },
              ]}
              onChange={(how) =>
                set(
                  name,
                  how === 'move' ? { statusId: template.initialStatusId, subStatusId: null, tagId: null } : null,
                )
              }
            />
            {to && (
              <TargetFields
                label={editorWords.whereTo}
                template={template}
                value={to}
                onChange={(next) => set(name, next)}
              />
            )}
          </div>
        );
      })}
    </section>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { rich } from '../../components/shared/rich';
import type { CaseView, ChangePreview, StatusChoice } from '../../core/contract/views';
import { listed } from '../../core/words/language';
import { panelWords } from '../../core/words/panel';
import { sharedWords } from '../../core/words/shared';
import { Button } from '../shared/button';
import { Combobox, type ComboboxOption } from '../shared/combobox';
import { WarningIcon } from '../shared/icons';
import { positionWords } from '../shared/position-words';
import { agoWords } from '../shared/time';
import { type Cover, watchCover } from './cover';
import { offeredIn } from './offered';
import type { PanelState } from './state';
import { Subhead } from './subhead';
import { ThisWill } from './this-will';

const PREVIEW_PAUSE_MS = 100;
/** A customer who was answered so lately may need no message of ours as well. */
const ANSWERED_LATELY_MS = 15 * 60_000;

type Field = 'status' | 'sub-status' | 'tag';

/** Which entry into a status the person looked at; `null`: the case was not tracked. */
function seenOf(view: CaseView): number | null {
  return view.tracked ? view.generation : null;
}

/** What is still missing, and its words. The first is asked for first. */
function missingOf(status: StatusChoice | null, subStatusId: string | null, tagId: string | null): [Field, string][] {
  if (!status) return [['status', panelWords.chooseStatus]];
  const missing: [Field, string][] = [];
  if (status.subStatusRequired && subStatusId === null)
    missing.push(['sub-status', panelWords.needsSubStatus(status.name)]);
  if (status.tagRequired && tagId === null) missing.push(['tag', panelWords.needsReason]);
  return missing;
}

function detailOf(status: StatusChoice): string {
  if (!status.allowed) return panelWords.notPossible;
  const needs = listed([
    ...(status.subStatusRequired ? [panelWords.fields['sub-status']] : []),
    ...(status.tagRequired ? [panelWords.fields.tag] : []),
  ]);
  // Where a sub-status decides who has to act, the status alone says nothing about it.
  const waits = status.subStatusRequired ? '' : panelWords.waitsFor(sharedWords.parties[status.waitsFor]);
  return [waits, needs && panelWords.needs(needs)].filter(Boolean).join(' · ');
}

export function ChangeForm({ state }: { state: PanelState }) {
  const view = state.view.value as CaseView;
  const start = state.start.value;
  const statusId = useSignal(start?.statusId ?? null);
  const subStatusId = useSignal(start?.subStatusId ?? null);
  const tagId = useSignal(start?.tagId ?? null);
  const note = useSignal('');
  const skipMessage = useSignal(false);
  const answeredAt = useSignal<number | null>(null);
  const preview = useSignal<ChangePreview | null>(null);
  const previewProblem = useSignal<string | null>(null);
  /** The fields whose lack has been pointed out. */
  const asked = useSignal<Field[]>([]);
  /** Opens the list of the field that is asked for. */
  const openRequests = useSignal<Partial<Record<Field, number>>>({});
  const error = useSignal<string | null>(null);
  const seen = useRef(seenOf(view));
  /** The background refused because of a newer state, which is shown since: pressing Update again means it. */
  const conflict = useSignal(false);
  if (conflict.value) seen.current = seenOf(view);
  const commandId = useRef<string | null>(null);
  const inputs = {
    status: useRef<HTMLInputElement>(null),
    'sub-status': useRef<HTMLInputElement>(null),
    tag: useRef<HTMLInputElement>(null),
  };
  const cover = useRef<Cover | null>(null);
  const checking = useRef(false);
  useEffect(() => {
    const card = updateRef.current?.closest('.card');
    if (!card || state.sample) return;
    cover.current = watchCover(card);
    return () => cover.current?.stop();
  }, []);
  const updateRef = useRef<HTMLButtonElement>(null);
  const noteId = useId();
  const answeredId = useId();

  const statuses = useMemo(() => offeredIn(view), [view]);
  const status = statuses.find((choice) => choice.id === statusId.value) ?? null;
  // A newer version of the template may have retired meanwhile what was chosen, or what the case is in.
  const chosenSub = status?.subStatuses.find(({ id }) => id === subStatusId.value)?.id ?? null;
  const chosenTag = status?.tags.find(({ id }) => id === tagId.value)?.id ?? null;
  const missing = missingOf(status, chosenSub, chosenTag);
  const wordsFor = (field: Field) =>
    asked.value.includes(field) ? (missing.find(([name]) => name === field)?.[1] ?? null) : null;

  // What was chosen already is not asked for again: on to what is missing, or to Update. At once: the next key may be on its way.
  useLayoutEffect(() => {
    const next = start?.ask ?? missing[0]?.[0];
    if (!start) inputs.status.current?.focus();
    else if (next) askFor(next);
    else updateRef.current?.focus();
  }, []);

  // A changed form is a new command; the same form sent again after a lost answer is the same command.
  useEffect(() => {
    commandId.current = null;
    error.value = null;
  }, [statusId.value, chosenSub, chosenTag, skipMessage.value, note.value]);

  // The newest question wins: an answer to an older one is dropped.
  const complete = missing.length === 0;
  useEffect(() => {
    if (!status || !complete) {
      preview.value = null;
      previewProblem.value = null;
      return;
    }
    const question = {
      ticketId: view.ticketId,
      statusId: status.id,
      subStatusId: chosenSub,
      tagId: chosenTag,
      skipMessage: skipMessage.value,
    };
    let stale = false;
    const timer = setTimeout(async () => {
      const answer = await state.ask('case.preview', question);
      if (stale) return;
      preview.value = answer.ok ? answer.value : null;
      previewProblem.value = answer.ok ? null : answer.message;
    }, PREVIEW_PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [complete, status?.id, chosenSub, chosenTag, skipMessage.value, view.ticketId, view.revision]);

  const askFor = (field: Field) => {
    openRequests.value = { ...openRequests.value, [field]: (openRequests.value[field] ?? 0) + 1 };
    inputs[field].current?.focus();
    // What is typed replaces what was chosen.
    inputs[field].current?.select();
  };

  const submit = async () => {
    if (state.isWorking()) return;
    if (!status || missing.length > 0) {
      asked.value = missing.map(([field]) => field);
      const first = missing[0]?.[0];
      if (first) askFor(first);
      return;
    }
    error.value = null;
    if (checking.current) return;
    checking.current = true;
    const open = await cover.current?.plainlySeen();
    checking.current = false;
    // A shortcut may have begun something while it was looked.
    if (state.isWorking()) return;
    if (open === false) {
      error.value = panelWords.covered;
      return;
    }
    commandId.current ??= state.newId();
    const answer = await state.change({
      ticketId: view.ticketId,
      statusId: status.id,
      subStatusId: chosenSub,
      tagId: chosenTag,
      skipMessage: skipMessage.value,
      commandId: commandId.current,
      note: note.value.trim() || null,
      seenGeneration: seen.current,
    });
    if (answer.ok) return;
    error.value = answer.message;
    if (answer.code === 'changed-meanwhile') {
      commandId.current = null;
      conflict.value = true;
      state.refresh();
    } else if (answer.code === 'sub-status-required' || answer.code === 'tag-required') {
      askFor(answer.code === 'tag-required' ? 'tag' : 'sub-status');
    }
  };

  const statusOptions = useMemo<ComboboxOption[]>(
    () =>
      statuses.map((choice) => ({
        id: choice.id,
        name: choice.name,
        detail: detailOf(choice),
        face: choice,
        disabled: !choice.allowed,
      })),
    [statuses],
  );
  const subOptions = useMemo<ComboboxOption[]>(
    () =>
      (status?.subStatuses ?? []).map((sub) => ({
        id: sub.id,
        name: sub.name,
        detail: panelWords.waitsFor(sharedWords.parties[sub.waitsFor]),
        face: null,
        disabled: false,
      })),
    [status],
  );
  const tagOptions = useMemo<ComboboxOption[]>(
    () =>
      (status?.tags ?? []).map((tag) => ({
        id: tag.id,
        name: tag.name,
        detail: null,
        face: null,
        disabled: false,
      })),
    [status],
  );

  const again =
    view.tracked && status !== null && status.id === view.status.id && chosenSub === (view.subStatus?.id ?? null);
  const tellsCustomer = preview.value?.lines.some((line) => line.kind === 'message') ?? false;
  const offersSkip = tellsCustomer || skipMessage.value;
  useEffect(() => {
    if (!offersSkip) return;
    state.ask('case.answered', { ticketId: view.ticketId }).then((answer) => {
      answeredAt.value = answer.ok ? answer.value.answeredAt : null;
    });
  }, [offersSkip, view.ticketId]);
  const answeredLately = answeredAt.value !== null && state.now.value - answeredAt.value < ANSWERED_LATELY_MS;

  return (
    <>
      <Subhead state={state} title={panelWords.changeStatus}>
        <span class="now-words">{panelWords.nowAt(positionWords(view))}</span>
      </Subhead>
      <div class="body form" data-scroll>
        {(conflict.value || seenOf(view) !== seen.current) && (
          <p class="form-note warn">
            <WarningIcon />
            <span>{rich(panelWords.changedMeanwhile, { position: <b>{positionWords(view)}</b> })}</span>
          </p>
        )}
        <Combobox
          label={panelWords.status}
          options={statusOptions}
          value={statusId.value}
          placeholder={panelWords.chooseOrType}
          error={wordsFor('status')}
          inputRef={inputs.status}
          openAtStart={!start}
          recent={view.recent.statusIds}
          openRequest={openRequests.value.status ?? 0}
          onEnter={submit}
          onPick={(picked) => {
            if (picked === statusId.value) return;
            statusId.value = picked;
            subStatusId.value = null;
            tagId.value = null;
            skipMessage.value = false;
            asked.value = [];
          }}
        />
        {status && status.subStatuses.length > 0 && (
          <Combobox
            key={`sub ${status.id}`}
            label={panelWords.subStatus}
            options={subOptions}
            value={chosenSub}
            placeholder={panelWords.pickSubStatus}
            required={status.subStatusRequired}
            error={wordsFor('sub-status')}
            inputRef={inputs['sub-status']}
            openRequest={openRequests.value['sub-status'] ?? 0}
            onEnter={submit}
            onPick={(picked) => {
              subStatusId.value = picked;
            }}
          />
        )}
        {status && status.tags.length > 0 && (
          <Combobox
            key={`tag ${status.id}`}
            label={panelWords.reason}
            options={tagOptions}
            value={chosenTag}
            placeholder={panelWords.pickReason}
            required={status.tagRequired}
            error={wordsFor('tag')}
            inputRef={inputs.tag}
            recent={view.recent.tagIds[status.id]}
            openRequest={openRequests.value.tag ?? 0}
            onEnter={submit}
            onPick={(picked) => {
              tagId.value = picked;
            }}
          />
        )}
        {again && <p class="form-note">{rich(panelWords.there, { again: <b>{panelWords.askAgain}</b> })}</p>}
        <div class="field">
          <div>
            <label class="field-label" for={noteId}>
              {panelWords.note}
            </label>
            <span class="field-hint"> {panelWords.forColleagues}</span>
          </div>
          <textarea
            id={noteId}
            class="input"
            rows={2}
            maxLength={2000}
            placeholder={panelWords.optional}
            value={note.value}
            onInput={(event) => {
              note.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
              event.preventDefault();
              submit();
            }}
          />
        </div>
        {offersSkip && (
          <label class="check">
            <input
              type="checkbox"
              checked={skipMessage.value}
              aria-describedby={answeredLately ? answeredId : undefined}
              onChange={(event) => {
                skipMessage.value = event.currentTarget.checked;
              }}
            />
            {panelWords.noMessage}
          </label>
        )}
        {offersSkip && answeredLately && answeredAt.value !== null && (
          <p class="muted small check-hint" id={answeredId}>
            {panelWords.answeredLately(
              view.requesterName || panelWords.theCustomer,
              agoWords(answeredAt.value, state.now.value),
            )}
          </p>
        )}
        <ThisWill
          preview={preview.value}
          problem={previewProblem.value}
          waitingFor={status ? missing.map(([field]) => field) : ['status']}
          now={state.now.value}
        />
      </div>
      <div role="alert">
        {error.value && (
          <div class="banner danger">
            <WarningIcon />
            <p>{error.value}</p>
          </div>
        )}
      </div>
      <footer class="foot">
        <Button kind="primary" busy={state.busy.value === 'change'} buttonRef={updateRef} onPress={submit}>
          {panelWords.update}
        </Button>
        <Button kind="ghost" onPress={() => state.show('case')}>
          {panelWords.cancel}
        </Button>
        <span class="keys" aria-hidden="true">
          {rich(panelWords.enterPicks, { key: <kbd>Enter</kbd> })}
        </span>
      </footer>
    </>
  );
}

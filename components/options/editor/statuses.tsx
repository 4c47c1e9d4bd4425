import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { statusColours } from '../../../core/domain/colour';
import type { Party, Status, StatusTag, SubStatus } from '../../../core/domain/template';
import {
  addStatus,
  changeStatus,
  changeSubStatus,
  followersOf,
  MOST_LETTERS,
  MOST_TAGS,
  mayFollow,
  withAnyTransition,
  without,
  withPastedTags,
  withSubStatus,
  withTransitions,
} from '../../../core/domain/template-edits';
import { editorWords } from '../../../core/words/editor';
import { sharedWords } from '../../../core/words/shared';
import { Button } from '../../shared/button';
import { Chip } from '../../shared/chip';
import { Dot } from '../../shared/dot';
import { CATEGORIES } from '../../shared/face';
import { CrossIcon } from '../../shared/icons';
import { AddField } from './add-field';
import { CheckField, SelectField, TextField } from './fields';
import { FoundHere, FoundMark } from './found-here';
import { Sortable } from './list';
import type { EditorState } from './state';

const PARTIES = ['us', 'customer', 'third-party', 'nobody'] as const satisfies readonly Party[];

export const partyOptions = () => PARTIES.map((id) => ({ id, name: sharedWords.parties[id] }));

/** The statuses in the order in which people see them, and all about the one that is chosen. */
export function Statuses({ state }: { state: EditorState }) {
  const template = state.template.value;
  const { index } = state.place.value;
  const chosen = index === null ? null : (template.statuses[index] ?? null);
  const add = () => {
    state.edit((before) => addStatus(before, editorWords.newItem));
    state.go('statuses', template.statuses.length);
  };
  return (
    <>
      <Sortable
        label={editorWords.tabs.statuses}
        items={template.statuses}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        selected={chosen?.id ?? null}
        onOrder={(statuses) => {
          state.edit((before) => ({ ...before, statuses }));
          if (chosen)
            state.go(
              'statuses',
              statuses.findIndex(({ id }) => id === chosen.id),
            );
        }}
      >
        {(status, at) => (
          <div class="row-open">
            <button
              type="button"
              class="row-button"
              aria-expanded={chosen?.id === status.id}
              onClick={() => state.go('statuses', chosen?.id === status.id ? null : at)}
            >
              <Dot
                face={{
                  category: status.category,
                  ...(status.colour ? { colours: statusColours(status.colour) } : {}),
                }}
              />
              <span class="row-name">
                <b class={status.retired ? 'retired' : ''}>{status.name}</b>{' '}
                <span class="muted small">{factsOf(state, status)}</span>
              </span>
              <FoundMark state={state} tab="statuses" index={at} />
              <Usage count={state.view.usage[status.id] ?? 0} />
              <Chip tone={status.retired ? undefined : status.category}>
                {status.retired ? editorWords.retired : sharedWords.categories[status.category]}
              </Chip>
            </button>
            {chosen?.id === status.id && <StatusFields key={status.id} state={state} status={status} at={at} />}
          </div>
        )}
      </Sortable>
      <p>
        <Button onPress={add}>{editorWords.addStatus}</Button>
      </p>
    </>
  );
}

function Usage({ count }: { count: number }) {
  return count === 0 ? null : <span class="muted small">{editorWords.cases(count)}</span>;
}

function factsOf(state: EditorState, status: Status): string {
  const template = state.template.value;
  const subs = status.subStatuses.filter(({ retired }) => !retired).length;
  const timers = template.timers.filter(({ when }) => when.statusId === status.id).length;
  return [
    template.initialStatusId === status.id && editorWords.startsHere,
    subs > 0 && editorWords.subStatusCount(subs),
    timers > 0 && editorWords.timerCount(timers),
    status.tagRequired && editorWords.reasonRequired,
  ]
    .filter(Boolean)
    .join(' · ');
}

function StatusFields({ state, status, at }: { state: EditorState; status: Status; at: number }) {
  const template = state.template.value;
  const ref = useRef<HTMLElement>(null);
  // Whoever chose it wants to change it: its first field is the next, before the next key.
  useLayoutEffect(() => {
    ref.current?.querySelector<HTMLElement>('input')?.focus();
  }, []);
  const change = (part: Partial<Status>, field?: string) =>
    state.edit(
      (before) => changeStatus(before, status.id, (now) => ({ ...now, ...part })),
      field && `${status.id} ${field}`,
    );
  const isNew = !state.view.published?.statuses.some(({ id }) => id === status.id);
  return (
    <section class="row-fields" aria-label={status.name} ref={ref}>
      <FoundHere state={state} tab="statuses" index={at} />
      <div class="pair">
        <TextField
          label={editorWords.name}
          value={status.name}
          maxLength={MOST_LETTERS.name}
          required
          onChange={(name) => change({ name }, 'name')}
        />
        <SelectField
          label={editorWords.category}
          hint={editorWords.categoryHint}
          value={status.category}
          options={CATEGORIES.map((id) => ({ id, name: sharedWords.categories[id] }))}
          onChange={(category) => change({ category })}
        />
      </div>
      <div class="pair">
        <SelectField
          label={editorWords.waitsFor}
          value={status.waitsFor}
          options={partyOptions()}
          onChange={(waitsFor) => change({ waitsFor })}
        />
        <ColourField status={status} onChange={(colour) => change({ colour }, 'colour')} />
      </div>
      <TextField
        label={editorWords.forAgents}
        value={status.meaning.agent}
        maxLength={MOST_LETTERS.words}
        rows={2}
        onChange={(agent) => change({ meaning: { ...status.meaning, agent } }, 'agent')}
      />
      <TextField
        label={editorWords.forCustomers}
        value={status.meaning.customer}
        maxLength={MOST_LETTERS.words}
        rows={2}
        onChange={(customer) => change({ meaning: { ...status.meaning, customer } }, 'customer')}
      />
      <SubStatuses state={state} status={status} change={change} />
      <Tags state={state} status={status} change={change} />
      <Transitions state={state} status={status} />
      <p class="form-actions">
        {template.initialStatusId !== status.id && !status.retired && (
          <Button onPress={() => state.edit((before) => ({ ...before, initialStatusId: status.id }))}>
            {editorWords.startHere}
          </Button>
        )}
        {isNew ? (
          template.statuses.length > 1 &&
          template.initialStatusId !== status.id && (
            <Button
              kind="ghost"
              label={editorWords.removeWhat(status.name)}
              onPress={() => {
                state.edit((before) => without(before, { statusId: status.id }));
                state.go('statuses');
              }}
            >
              {editorWords.remove}
            </Button>
          )
        ) : (
          <Button
            kind="ghost"
            label={status.retired ? editorWords.bringBackWhat(status.name) : editorWords.retireWhat(status.name)}
            onPress={() => state.setRetired({ kind: 'status', statusId: status.id }, !status.retired)}
          >
            {status.retired ? editorWords.bringBack : editorWords.retire}
          </Button>
        )}
        {!isNew && !status.retired && <span class="muted small">{editorWords.aboutRetiring}</span>}
      </p>
    </section>
  );
}

function ColourField({ status, onChange }: { status: Status; onChange: (colour: string | null) => void }) {
  const id = useId();
  return (
    <div class="field">
      <div>
        <label class="field-label" for={id}>
          {editorWords.colour}
        </label>
        <span class="field-hint"> {editorWords.colourHint}</span>
      </div>
      <div class="together">
        <input
          id={id}
          class="swatch"
          type="color"
          value={status.colour ?? '#566072'}
          onInput={(event) => onChange(event.currentTarget.value.toLowerCase())}
        />
        {status.colour === null ? (
          <span class="muted small">{editorWords.colourOfCategory}</span>
        ) : (
          <Button low onPress={() => onChange(null)}>
            {editorWords.noColour}
          </Button>
        )}
      </div>
    </div>
  );
}

interface PartProps {
  state: EditorState;
  status: Status;
  change: (part: Partial<Status>, field?: string) => void;
}

function SubStatuses({ state, status, change }: PartProps) {
  const open = useSignal<string | null>(null);
  const added = useSignal(false);
  const partRef = useRef<HTMLFieldSetElement>(null);
  const published = state.view.published?.statuses.find(({ id }) => id === status.id);
  const update = (id: string, part: Partial<SubStatus>, field?: string) =>
    change({ subStatuses: changeSubStatus(status, id, part).subStatuses }, field && `${id} ${field}`);
  const add = () => {
    const { subStatuses } = withSubStatus(status, editorWords.newItem);
    change({ subStatuses });
    open.value = subStatuses.at(-1)?.id ?? null;
    added.value = true;
  };
  // It is to be named first of all.
  useEffect(() => {
    if (!added.value) return;
    added.value = false;
    partRef.current?.querySelector<HTMLElement>('.row-fields input')?.focus();
  }, [added.value]);
  return (
    <fieldset class="editor-part" ref={partRef}>
      <legend>{editorWords.subStatuses}</legend>
      {status.subStatuses.length > 0 && (
        <>
          <CheckField
            label={editorWords.subStatusRequired}
            checked={status.subStatusRequired}
            onChange={(subStatusRequired) => change({ subStatusRequired })}
          />
          <Sortable
            label={editorWords.subStatusesOf(status.name)}
            items={status.subStatuses}
            idOf={({ id }) => id}
            nameOf={({ name }) => name}
            selected={open.value}
            onOrder={(subStatuses) => change({ subStatuses })}
          >
            {(sub) => (
              <div class="row-open">
                <button
                  type="button"
                  class="row-button"
                  aria-expanded={open.value === sub.id}
                  onClick={() => {
                    open.value = open.value === sub.id ? null : sub.id;
                  }}
                >
                  <span class="row-name">
                    <b class={sub.retired ? 'retired' : ''}>{sub.name}</b>{' '}
                    <span class="muted small">{sharedWords.waitsFor(sharedWords.parties[sub.waitsFor])}</span>
                  </span>
                  {sub.retired && <Chip>{editorWords.retired}</Chip>}
                </button>
                {open.value === sub.id && (
                  <div class="row-fields">
                    <div class="pair">
                      <TextField
                        label={editorWords.name}
                        value={sub.name}
                        maxLength={MOST_LETTERS.name}
                        required
                        onChange={(name) => update(sub.id, { name }, 'name')}
                      />
                      <SelectField
                        label={editorWords.waitsFor}
                        value={sub.waitsFor}
                        options={partyOptions()}
                        onChange={(waitsFor) => update(sub.id, { waitsFor })}
                      />
                    </div>
                    <TextField
                      label={editorWords.forAgents}
                      value={sub.meaning.agent}
                      maxLength={MOST_LETTERS.words}
                      rows={2}
                      onChange={(agent) => update(sub.id, { meaning: { ...sub.meaning, agent } }, 'agent')}
                    />
                    <TextField
                      label={editorWords.forCustomers}
                      value={sub.meaning.customer}
                      maxLength={MOST_LETTERS.words}
                      rows={2}
                      onChange={(customer) => update(sub.id, { meaning: { ...sub.meaning, customer } }, 'customer')}
                    />
                    <p>
                      {published?.subStatuses.some(({ id }) => id === sub.id) ? (
                        <Button
                          low
                          kind="ghost"
                          onPress={() =>
                            state.setRetired(
                              { kind: 'sub-status', statusId: status.id, subStatusId: sub.id },
                              !sub.retired,
                            )
                          }
                        >
                          {sub.retired ? editorWords.bringBack : editorWords.retire}
                        </Button>
                      ) : (
                        <Button
                          low
                          kind="ghost"
                          onPress={() =>
                            state.edit((before) => without(before, { statusId: status.id, subStatusId: sub.id }))
                          }
                        >
                          {editorWords.remove}
                        </Button>
                      )}
                    </p>
                  </div>
                )}
              </div>
            )}
          </Sortable>
        </>
      )}
      <p>
        <Button low onPress={add}>
          {editorWords.addSubStatus}
        </Button>
      </p>
    </fieldset>
  );
}

function Tags({ state, status, change }: PartProps) {
  const published = state.view.published?.statuses.find((one) => one.id === status.id);
  const wasPublished = (tag: StatusTag) => published?.tags.some((one) => one.id === tag.id) ?? false;
  const add = (text: string) => {
    const now = state.template.peek().statuses.find(({ id }) => id === status.id);
    if (!now) return null;
    const tags = withPastedTags(now.tags, text);
    if (tags.length > MOST_TAGS) return editorWords.tooManyReasons(MOST_TAGS);
    // Each of them was there already.
    if (tags.length > now.tags.length)
      state.edit((before) => changeStatus(before, status.id, () => ({ ...now, tags })));
    return null;
  };
  return (
    <fieldset class="editor-part">
      <legend>{editorWords.reasons}</legend>
      {status.tags.length > 0 && (
        <>
          <CheckField
            label={editorWords.tagRequired}
            checked={status.tagRequired}
            onChange={(tagRequired) => change({ tagRequired })}
          />
          <ul class="tag-list" aria-label={editorWords.reasonsOf(status.name)}>
            {status.tags.map((tag) => (
              <li key={tag.id} class={tag.retired ? 'chip retired' : 'chip'}>
                {tag.name}
                <button
                  type="button"
                  class="chip-button"
                  aria-label={
                    tag.retired
                      ? editorWords.bringBackWhat(tag.name)
                      : wasPublished(tag)
                        ? editorWords.retireWhat(tag.name)
                        : editorWords.removeWhat(tag.name)
                  }
                  onClick={() => {
                    if (wasPublished(tag))
                      state.setRetired({ kind: 'tag', statusId: status.id, tagId: tag.id }, !tag.retired);
                    else state.edit((before) => without(before, { statusId: status.id, tagId: tag.id }));
                  }}
                >
                  {tag.retired ? '↺' : <CrossIcon />}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <AddField state={state} label={editorWords.addReasons} onAdd={add} />
    </fieldset>
  );
}

function Transitions({ state, status }: Omit<PartProps, 'change'>) {
  const others = followersOf(state.template.value, status.id);
  return (
    <fieldset class="editor-part">
      <legend>{editorWords.mayBecome}</legend>
      <p>
        <button type="button" class="text-button" onClick={() => state.go('flow')}>
          {editorWords.allTransitions}
        </button>
      </p>
      <CheckField
        label={editorWords.anyStatus}
        checked={status.mayBecome === null}
        onChange={(any) => state.edit((before) => withAnyTransition(before, [status.id], any))}
      />
      {status.mayBecome !== null && (
        <div class="checks">
          {others.map((other) => (
            <CheckField
              key={other.id}
              label={other.name}
              checked={mayFollow(status, other.id)}
              onChange={(allowed) => state.edit((before) => withTransitions(before, [status.id], [other.id], allowed))}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}

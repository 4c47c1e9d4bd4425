import type { Choice } from '../../../core/contract/views';
import {
  addPattern,
  addShown,
  canBeNative,
  changePattern,
  mappingOf,
  setNative,
  setShown,
  withoutMapping,
  withoutPattern,
} from '../../../core/domain/rule-edits';
import type { TicketPattern } from '../../../core/domain/template';
import { MOST_LETTERS } from '../../../core/domain/template-edits';
import { editorWords } from '../../../core/words/editor';
import { LANGUAGES } from '../../../core/words/language';
import { optionsWords } from '../../../core/words/options';
import { Button } from '../../shared/button';
import { ChevronIcon } from '../../shared/icons';
import { AddField } from './add-field';
import { SelectField, TextField } from './fields';
import type { EditorState } from './state';

/** What the template is called, which tickets it is for, and how its statuses and the help desk's own correspond. */
export function Tickets({ state }: { state: EditorState }) {
  const template = state.template.value;
  return (
    <>
      <section class="panel-card editor-form" aria-label={editorWords.general}>
        <TextField
          label={editorWords.name}
          value={template.name}
          maxLength={MOST_LETTERS.name}
          required
          onChange={(name) => state.edit((before) => ({ ...before, name }), 'name')}
        />
        <TextField
          label={editorWords.summary}
          value={template.summary}
          maxLength={MOST_LETTERS.words}
          rows={2}
          onChange={(summary) => state.edit((before) => ({ ...before, summary }), 'summary')}
        />
        <div class="pair">
          <SelectField
            label={editorWords.newCasesStartIn}
            value={template.initialStatusId}
            options={template.statuses
              .filter(({ id, retired }) => !retired || id === template.initialStatusId)
              .map(({ id, name }) => ({ id, name }))}
            onChange={(initialStatusId) => state.edit((before) => ({ ...before, initialStatusId }))}
          />
          <SelectField
            label={editorWords.languageOfMessages}
            hint={editorWords.languageHint}
            value={template.language ?? 'en'}
            options={LANGUAGES.map((id) => ({ id, name: optionsWords.languages[id] }))}
            onChange={(language) => state.edit((before) => ({ ...before, language }))}
          />
          <SelectField
            label={editorWords.calendar}
            hint={editorWords.calendarHint}
            value={template.calendarId ?? ''}
            options={[
              { id: '', name: editorWords.plainCalendar },
              ...withGone(state.view.calendars, template.calendarId),
            ]}
            onChange={(calendarId) => state.edit((before) => ({ ...before, calendarId: calendarId || null }))}
          />
        </div>
      </section>
      <Patterns state={state} />
      <Natives state={state} />
    </>
  );
}

/** What there is to choose, and what is chosen, be it gone: a field that shows nothing would seem to say “any”. */
function withGone(choices: readonly Choice[], chosen: string | null): readonly Choice[] {
  if (chosen === null || choices.some(({ id }) => id === chosen)) return choices;
  return [...choices, { id: chosen, name: editorWords.noLonger(chosen) }];
}

function Patterns({ state }: { state: EditorState }) {
  const { appliesTo } = state.template.value;
  const { desks } = state.view;
  const change = (at: number, part: Partial<TicketPattern>, field?: string) =>
    state.edit((before) => changePattern(before, at, part), field && `pattern ${at} ${field}`);
  return (
    <section class="block">
      <h2>{editorWords.appliesTo}</h2>
      <p class="muted">{editorWords.aboutPatterns}</p>
      {appliesTo.map((pattern, index) => (
        // They have no names: their place is all that tells them apart.
        <section key={index} class="panel-card editor-form" aria-label={editorWords.patternNumber(index + 1)}>
          <div class="pair">
            <SelectField
              label={editorWords.site}
              value={pattern.siteId ?? ''}
              options={[{ id: '', name: editorWords.anySite }, ...withGone(desks, pattern.siteId)]}
              onChange={(siteId) => change(index, { siteId: siteId || null })}
            />
            <TextField
              label={editorWords.queue}
              hint={editorWords.emptyIsAny}
              value={pattern.queue ?? ''}
              maxLength={MOST_LETTERS.pattern}
              onChange={(queue) => change(index, { queue: queue || null }, 'queue')}
            />
            <TextField
              label={editorWords.type}
              hint={editorWords.emptyIsAny}
              value={pattern.type ?? ''}
              maxLength={MOST_LETTERS.pattern}
              onChange={(type) => change(index, { type: type || null }, 'type')}
            />
          </div>
          <p>
            <Button low kind="ghost" onPress={() => state.edit((before) => withoutPattern(before, index))}>
              {editorWords.remove}
            </Button>
          </p>
        </section>
      ))}
      <p>
        <Button onPress={() => state.edit(addPattern)}>{editorWords.addPattern}</Button>
      </p>
    </section>
  );
}

type Desk = EditorState['view']['desks'][number];

function Natives({ state }: { state: EditorState }) {
  const { desks } = state.view;
  return (
    <section class="block">
      <h2>{editorWords.natives}</h2>
      <p class="muted">{editorWords.aboutNatives}</p>
      {desks.length === 0 && <p class="muted">{editorWords.noDesks}</p>}
      {desks.map((desk) => (
        <Native key={desk.id} state={state} desk={desk} />
      ))}
    </section>
  );
}

/** How the statuses of one help desk, or of every one of its kind, and ours correspond. */
function Native({ state, desk }: { state: EditorState; desk: Desk }) {
  const template = state.template.value;
  const { set } = mappingOf(template, desk);
  const own = Object.hasOwn(template.native, desk.id);
  const kind = state.view.desks.find(({ id }) => id === desk.kind && Object.hasOwn(template.native, id));
  const said = Object.keys(set).length;
  return (
    <details class="panel-card editor-form native-desk">
      <summary>
        <span class="turn">
          <ChevronIcon />
        </span>
        <b>{desk.name}</b>
        <span class="muted small">
          {own ? editorWords.nativeCount(said) : kind ? editorWords.asForKind(kind.name) : editorWords.nothingSaid}
        </span>
      </summary>
      <div class="pair">
        {template.statuses
          .filter(({ retired }) => !retired)
          .map((status) => (
            <TextField
              key={status.id}
              label={editorWords.nativeOf(status.name)}
              value={set[status.id] ?? ''}
              maxLength={MOST_LETTERS.native}
              refuses={(native) => (canBeNative(native) ? null : editorWords.reservedWord)}
              onChange={(native) =>
                state.edit((before) => setNative(before, desk, status.id, native), `native ${desk.id} ${status.id}`)
              }
            />
          ))}
      </div>
      <Shown state={state} desk={desk} />
      {own && kind && (
        <p>
          <Button low kind="ghost" onPress={() => state.edit((before) => withoutMapping(before, desk))}>
            {editorWords.likeKind(kind.name)}
          </Button>
        </p>
      )}
    </details>
  );
}

/** Which status of ours each of a help desk's own stands for. */
function Shown({ state, desk }: { state: EditorState; desk: Desk }) {
  const template = state.template.value;
  const { shows } = mappingOf(template, desk);
  return (
    <fieldset class="editor-part">
      <legend>{editorWords.shown}</legend>
      <p class="muted small">{editorWords.aboutShown}</p>
      {Object.keys(shows).length > 0 && (
        <div class="pair">
          {Object.entries(shows).map(([native, statusId]) => (
            <SelectField
              key={native}
              label={editorWords.shownAs(native)}
              value={statusId}
              options={[
                { id: '', name: editorWords.standsForNothing },
                ...withGone(
                  template.statuses.filter(({ id, retired }) => !retired || id === statusId),
                  statusId,
                ),
              ]}
              onChange={(id) => state.edit((before) => setShown(before, desk, native, id || null))}
            />
          ))}
        </div>
      )}
      <AddField
        state={state}
        label={editorWords.addShown}
        onAdd={(text) => {
          if (text.split('\n').some((line) => !canBeNative(line.trim()))) return editorWords.reservedWord;
          state.edit((before) => addShown(before, desk, text));
          return null;
        }}
      />
    </fieldset>
  );
}

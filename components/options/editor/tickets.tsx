import type { NativeMapping, TicketPattern } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { LANGUAGES } from '../../../core/words/language';
import { optionsWords } from '../../../core/words/options';
import { Button } from '../../shared/button';
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
          maxLength={120}
          required
          onChange={(name) => state.edit((before) => ({ ...before, name }), 'name')}
        />
        <TextField
          label={editorWords.summary}
          value={template.summary}
          maxLength={2000}
          rows={2}
          onChange={(summary) => state.edit((before) => ({ ...before, summary }), 'summary')}
        />
        <div class="pair">
          <SelectField
            label={editorWords.newCasesStartIn}
            value={template.initialStatusId}
            options={template.statuses.map(({ id, name }) => ({ id, name }))}
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
            options={[{ id: '', name: editorWords.plainCalendar }, ...calendarsOf(state)]}
            onChange={(calendarId) => state.edit((before) => ({ ...before, calendarId: calendarId || null }))}
          />
        </div>
      </section>
      <Patterns state={state} />
      <Natives state={state} />
    </>
  );
}

/** The calendars that there are, and the one that is named, be it gone. */
function calendarsOf(state: EditorState): { id: string; name: string }[] {
  const { calendars } = state.view;
  const { calendarId } = state.template.value;
  if (calendarId === null || calendars.some(({ id }) => id === calendarId)) return calendars;
  return [...calendars, { id: calendarId, name: editorWords.noLonger(calendarId) }];
}

function Patterns({ state }: { state: EditorState }) {
  const { appliesTo } = state.template.value;
  const { desks } = state.view;
  const change = (at: number, part: Partial<TicketPattern>, field?: string) =>
    state.edit(
      (before) => ({
        ...before,
        appliesTo: before.appliesTo.map((pattern, index) => (index === at ? { ...pattern, ...part } : pattern)),
      }),
      field && `pattern ${at} ${field}`,
    );
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
              options={[{ id: '', name: editorWords.anySite }, ...desks]}
              onChange={(siteId) => change(index, { siteId: siteId || null })}
            />
            <TextField
              label={editorWords.queue}
              hint={editorWords.emptyIsAny}
              value={pattern.queue ?? ''}
              maxLength={200}
              onChange={(queue) => change(index, { queue: queue || null }, 'queue')}
            />
            <TextField
              label={editorWords.type}
              hint={editorWords.emptyIsAny}
              value={pattern.type ?? ''}
              maxLength={200}
              onChange={(type) => change(index, { type: type || null }, 'type')}
            />
          </div>
          <p>
            <Button
              low
              kind="ghost"
              onPress={() =>
                state.edit((before) => ({ ...before, appliesTo: before.appliesTo.filter((_, at) => at !== index) }))
              }
            >
              {editorWords.remove}
            </Button>
          </p>
        </section>
      ))}
      <p>
        <Button
          onPress={() =>
            state.edit((before) => ({
              ...before,
              appliesTo: [...before.appliesTo, { siteId: null, queue: null, type: null }],
            }))
          }
        >
          {editorWords.addPattern}
        </Button>
      </p>
    </section>
  );
}

function Natives({ state }: { state: EditorState }) {
  const template = state.template.value;
  const change = (desk: string, part: (mapping: NativeMapping) => NativeMapping, field?: string) =>
    state.edit(
      (before) => ({
        ...before,
        native: { ...before.native, [desk]: part(before.native[desk] ?? { set: {}, shows: {} }) },
      }),
      field && `native ${desk} ${field}`,
    );
  return (
    <section class="block">
      <h2>{editorWords.natives}</h2>
      <p class="muted">{editorWords.aboutNatives}</p>
      {state.view.desks.length === 0 && <p class="muted">{editorWords.noDesks}</p>}
      {state.view.desks.map((desk) => {
        const mapping = template.native[desk.id];
        return (
          <details key={desk.id} class="panel-card editor-form native-desk">
            <summary>
              <b>{desk.name}</b>{' '}
              <span class="muted small">
                {mapping ? editorWords.nativeCount(Object.keys(mapping.set).length) : editorWords.nothingSaid}
              </span>
            </summary>
            <div class="pair">
              {template.statuses
                .filter(({ retired }) => !retired)
                .map((status) => (
                  <TextField
                    key={status.id}
                    label={editorWords.nativeOf(status.name)}
                    value={mapping?.set[status.id] ?? ''}
                    maxLength={80}
                    onChange={(native) =>
                      change(
                        desk.id,
                        ({ set, shows }) => {
                          const { [status.id]: _before, ...others } = set;
                          return { set: native === '' ? others : { ...others, [status.id]: native }, shows };
                        },
                        status.id,
                      )
                    }
                  />
                ))}
            </div>
          </details>
        );
      })}
    </section>
  );
}

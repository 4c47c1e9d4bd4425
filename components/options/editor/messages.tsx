import { useRef } from 'preact/hooks';
import { addEntry, addMessage, changeEntry, changeMessage, withoutRule } from '../../../core/domain/rule-edits';
import type { EntryRule, MessageTemplate } from '../../../core/domain/template';
import { MOST_LETTERS } from '../../../core/domain/template-edits';
import { editorWords } from '../../../core/words/editor';
import { placeholderWords } from '../../../core/words/placeholders';
import { Button } from '../../shared/button';
import { MailIcon, SendIcon } from '../../shared/icons';
import { CheckField, PositionField, positionWords, SelectField, TextField } from './fields';
import { RuleList } from './rule-list';
import type { EditorState } from './state';
import { viaOptions } from './timers';

/** The messages with their placeholders, and which of them go out when a case comes somewhere. */
export function Messages({ state }: { state: EditorState }) {
  const template = state.template.value;
  return (
    <>
      <RuleList
        state={state}
        tab="messages"
        rules={template.messages}
        empty={editorWords.noMessages}
        addWords={editorWords.addMessage}
        onAdd={() => state.edit((before) => addMessage(before, editorWords.newItem, editorWords.firstBody))}
        onRemove={(id) => state.edit((before) => withoutRule(before, 'messages', id))}
        title={(message) => (
          <>
            <MailIcon />
            <span class="row-name">
              <b>{message.name}</b>
            </span>
          </>
        )}
      >
        {(message) => <MessageFields state={state} message={message} />}
      </RuleList>
      <Entries state={state} />
    </>
  );
}

function MessageFields({ state, message }: { state: EditorState; message: MessageTemplate }) {
  const ref = useRef<HTMLDivElement>(null);
  const change = (part: Partial<MessageTemplate>, field: string) =>
    state.edit((before) => changeMessage(before, message.id, part), `${message.id} ${field}`);
  const insert = (placeholder: string) => {
    const area = ref.current?.querySelector('textarea');
    if (!area) return;
    area.focus();
    const { value, selectionStart, selectionEnd } = area;
    const words = `{${placeholder}}`;
    // A text that is as long as it may be takes no more.
    if (value.length - (selectionEnd - selectionStart) + words.length > MOST_LETTERS.body) return;
    // As typed there: one goes on writing behind it.
    area.setRangeText(words, selectionStart, selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <div class="row-fields-inner" ref={ref}>
      <TextField
        label={editorWords.name}
        value={message.name}
        maxLength={MOST_LETTERS.name}
        required
        onChange={(name) => change({ name }, 'name')}
      />
      <TextField
        label={editorWords.body}
        value={message.body}
        maxLength={MOST_LETTERS.body}
        required
        rows={8}
        onChange={(body) => change({ body }, 'body')}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that belong together, not fields of a form */}
      <div class="placeholders" role="group" aria-label={editorWords.placeholders}>
        {Object.entries(placeholderWords).map(([name, words]) => (
          <Button key={name} low kind="ghost" label={`{${name}}: ${words}`} onPress={() => insert(name)}>
            {`{${name}}`}
          </Button>
        ))}
      </div>
      <figure class="letter-preview">
        <figcaption class="eyebrow">{editorWords.asTheCustomerReads}</figcaption>
        <p>{filledIn(message.body)}</p>
      </figure>
    </div>
  );
}

/** The text with made-up values; what is no placeholder stays as it is and is found by the checker. */
function filledIn(body: string): string {
  const samples: Record<string, string> = editorWords.samples;
  return body.replace(/\{([^{}\n]*)\}/g, (whole, name: string) =>
    Object.hasOwn(placeholderWords, name) ? (samples[name] ?? whole) : whole,
  );
}

function Entries({ state }: { state: EditorState }) {
  const template = state.template.value;
  const change = (id: string, part: Partial<EntryRule>) => state.edit((before) => changeEntry(before, id, part));
  return (
    <section class="block">
      <h2>{editorWords.onEntry}</h2>
      {template.onEntry.length === 0 && <p class="muted">{editorWords.noEntries}</p>}
      {template.onEntry.map((rule) => (
        <section
          key={rule.id}
          class="panel-card editor-form"
          aria-label={editorWords.onEntryTo(positionWords(template, rule.when))}
        >
          <div class="pair">
            <PositionField
              label={editorWords.whenEnters}
              template={template}
              value={rule.when}
              onChange={(when) => change(rule.id, { when })}
            />
            <SelectField
              label={editorWords.message}
              value={rule.messageId}
              options={template.messages.map(({ id, name }) => ({ id, name }))}
              onChange={(messageId) => change(rule.id, { messageId })}
            />
          </div>
          <SelectField
            label={editorWords.via}
            value={rule.via}
            options={viaOptions()}
            onChange={(via) => change(rule.id, { via })}
          />
          <CheckField
            label={editorWords.immediate}
            checked={rule.immediate}
            onChange={(immediate) => change(rule.id, { immediate })}
          />
          <p>
            <Button low kind="ghost" onPress={() => state.edit((before) => withoutRule(before, 'onEntry', rule.id))}>
              {editorWords.remove}
            </Button>
          </p>
        </section>
      ))}
      {template.messages.length > 0 && (
        <p>
          <Button onPress={() => state.edit(addEntry)}>
            <SendIcon />
            {editorWords.addEntry}
          </Button>
        </p>
      )}
    </section>
  );
}

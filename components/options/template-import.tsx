import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { ExampleView, ImportReview, TemplateReview, TemplateView } from '../../core/contract/views';
import { MAX_LENGTH } from '../../core/domain/portable-text';
import { fileWords } from '../../core/words/files';
import { templatesWords } from '../../core/words/options-templates';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { FieldError } from '../shared/field-error';
import { Findings } from './findings';
import { KeptDates, type Retimed } from './new-dates';
import { textOf } from './text-file';
import { Trouble } from './trouble';

interface ImportProps {
  ask: Ask;
  /** Stands before them. */
  first?: ComponentChildren;
  /** The templates after something was published, and what was done in words. */
  onPublished(templates: TemplateView[], words: string, retimes: readonly Retimed[]): void;
}

const tooLarge = () => ({
  ok: false as const,
  message: fileWords.ofFile(fileWords.tooLarge(MAX_LENGTH.templates / 1_000_000)),
});

/** Takes templates in: from a file, after a look at what that would do, and the example flows. */
export function TemplateImport({ ask, first, onPublished }: ImportProps) {
  const id = useId();
  const file = useSignal<{ name: string; text: string; review: ImportReview } | null>(null);
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const result = useRef<HTMLElement>(null);

  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    problem.value = null;
    file.value = null;
    busy.value = true;
    try {
      const text = await textOf(chosen, MAX_LENGTH.templates);
      const answer = text === null ? tooLarge() : await ask('templates.examine', { text });
      if (answer.ok && text !== null) file.value = { name: chosen.name, text, review: answer.value };
      else if (!answer.ok) problem.value = `${chosen.name}: ${answer.message}`;
    } catch {
      problem.value = templatesWords.unreadable(chosen.name);
    }
    busy.value = false;
    // The same file again is a choice as well: it may have been edited.
    if (input.current) input.current.value = '';
  };
  useEffect(() => {
    if (file.value) result.current?.focus();
  }, [file.value]);

  return (
    <>
      <div class="toolbar">
        {first}
        <label class={`button plain file${busy.value ? ' busy' : ''}`} for={id}>
          {templatesWords.importFile}
          <input
            id={id}
            ref={input}
            type="file"
            accept=".json,application/json"
            onChange={(event) => read(event.currentTarget.files?.[0])}
          />
        </label>
        <Examples
          ask={ask}
          onPublished={onPublished}
          onProblem={(words) => {
            problem.value = words;
          }}
        />
      </div>
      <Trouble words={problem.value} />
      {file.value && (
        <section class="panel-card review" aria-label={templatesWords.whatItWouldDo} tabIndex={-1} ref={result}>
          <h2>{file.value.name}</h2>
          <Review
            review={file.value.review}
            publish={async (note) => {
              if (!file.value) return null;
              const { text } = file.value;
              const { templates } = file.value.review;
              const reviewed = templates.map(({ id, version }) => ({ id, version }));
              const answer = await ask('templates.publish', { text, note, reviewed });
              if (!answer.ok) {
                const now = answer.code === 'changed-meanwhile' ? await ask('templates.examine', { text }) : null;
                if (now?.ok && file.value) file.value = { ...file.value, review: now.value };
                return answer.message;
              }
              file.value = null;
              onPublished(answer.value, templatesWords.published(templates), templates.flatMap(retimedBy));
              return null;
            }}
            cancel={() => {
              file.value = null;
              input.current?.focus();
            }}
          />
        </section>
      )}
    </>
  );
}

function Examples({ ask, onPublished, onProblem }: ImportProps & { onProblem(words: string | null): void }) {
  const id = useId();
  const examples = useSignal<ExampleView[]>([]);
  const chosen = useSignal('');
  const load = async () => {
    const answer = await ask('templates.examples', {});
    if (answer.ok) examples.value = answer.value;
  };
  useEffect(() => {
    load();
  }, []);
  if (examples.value.length === 0) return null;
  const example = examples.value.find((one) => one.id === chosen.value) ?? examples.value[0];
  return (
    <span class="examples">
      <label for={id}>{templatesWords.example}</label>
      <select
        id={id}
        class="input"
        value={example?.id}
        title={example?.summary}
        onChange={(event) => {
          chosen.value = event.currentTarget.value;
        }}
      >
        {examples.value.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <Button
        onPress={async () => {
          if (!example) return;
          const answer = await ask('templates.add-example', { templateId: example.id });
          onProblem(answer.ok ? null : answer.message);
          if (!answer.ok) return;
          onPublished(answer.value, templatesWords.added(example.name), []);
          load();
        }}
      >
        {templatesWords.add}
      </Button>
    </span>
  );
}

const retimedBy = ({ id, name, version, retimes }: TemplateReview): Retimed[] =>
  retimes.timers === 0 ? [] : [{ templateId: id, name, version, ...retimes }];

interface ReviewProps {
  review: ImportReview;
  /** Answers with what is wrong, or `null`. */
  publish(note: string): Promise<string | null>;
  cancel(): void;
}

function Review({ review, publish, cancel }: ReviewProps) {
  const id = useId();
  const note = useSignal('');
  const refused = useSignal<string | null>(null);
  const busy = useSignal(false);
  const { problems, templates } = review;
  const publishable = templates.length > 0 && templates.every(({ blocked }) => blocked === null);
  return (
    <>
      {problems.length > 0 && (
        <>
          <p>{templatesWords.nothingTaken}</p>
          <Findings findings={problems} />
        </>
      )}
      {templates.map((template) => (
        <OfTemplate key={template.id} template={template} />
      ))}
      {publishable && (
        <div class="field">
          <label class="field-label" for={id}>
            {templatesWords.note} <span class="field-hint">{templatesWords.noteHint}</span>
          </label>
          <input
            id={id}
            class="input"
            maxLength={2000}
            value={note.value}
            onInput={(event) => {
              note.value = event.currentTarget.value;
            }}
          />
        </div>
      )}
      <FieldError alert>{refused.value}</FieldError>
      <p class="review-actions">
        {publishable && (
          <Button
            kind="primary"
            busy={busy.value}
            onPress={async () => {
              busy.value = true;
              refused.value = await publish(note.value.trim());
              busy.value = false;
            }}
          >
            {templatesWords.publish}
          </Button>
        )}
        <Button kind={publishable ? 'ghost' : 'plain'} onPress={cancel}>
          {publishable ? templatesWords.cancel : templatesWords.close}
        </Button>
      </p>
    </>
  );
}

function OfTemplate({ template }: { template: TemplateReview }) {
  const { name, version, changes, findings, cases, staying, blocked } = template;
  const retimed = retimedBy(template);
  return (
    <article class="import-review">
      <h3>
        {name}{' '}
        <Chip tone={blocked === null ? 'active' : 'waiting'}>
          {version === 1 ? templatesWords.newTemplate : templatesWords.becomesVersion(version)}
        </Chip>
      </h3>
      <FieldError>{blocked}</FieldError>
      {changes.length > 0 && (
        <ul class="changes" aria-label={templatesWords.changesOf(name)}>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      <Findings findings={findings} />
      {blocked === null && cases > 0 && (
        <p class="muted">
          {templatesWords.casesHaveIt(cases)}{' '}
          {staying > 0 ? templatesWords.someStay(staying) : retimed.length === 0 && templatesWords.datesStay}
        </p>
      )}
      {blocked === null && <KeptDates retimes={retimed} />}
    </article>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { DraftItem, PolicyView, TemplateView } from '../../core/contract/views';
import { editorWords } from '../../core/words/editor';
import { optionsWords } from '../../core/words/options';
import { templatesWords } from '../../core/words/options-templates';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { Dot } from '../shared/dot';
import { FieldError } from '../shared/field-error';
import { ChevronIcon, LockIcon } from '../shared/icons';
import { dateTimeWords } from '../shared/time';
import { NewDates, type Retimed } from './new-dates';
import { TemplateImport } from './template-import';
import { Automatic, MessagesOf, StatusesOf } from './template-reading';
import { Loading, Trouble } from './trouble';

/** The templates as they are: statuses and what each means, and what happens by itself. */
export function Templates({ ask, role }: { ask: Ask; role: PolicyView['role'] | null }) {
  const templates = useSignal<TemplateView[] | null>(null);
  const error = useSignal<string | null>(null);
  const done = useSignal<string | null>(null);
  /** Of what was taken in last. */
  const retimed = useSignal<readonly Retimed[]>([]);
  const drafts = useSignal<DraftItem[]>([]);
  const archivedId = useId();
  const beginning = useSignal(false);
  const beginRef = useRef<HTMLButtonElement>(null);
  const archive = async ({ id, name }: TemplateView, archived: boolean) => {
    const answer = await ask('templates.archive', { templateId: id, archived });
    error.value = answer.ok ? null : answer.message;
    done.value = answer.ok ? templatesWords[archived ? 'isArchived' : 'isBack'](name) : null;
    if (answer.ok) templates.value = answer.value;
  };
  const exported = async ({ id }: TemplateView) => {
    const answer = await ask('templates.export', { templateId: id });
    error.value = answer.ok ? null : answer.message;
    if (answer.ok) download(answer.value.fileName, answer.value.text);
  };
  const offered = templates.value?.filter(({ archived }) => !archived) ?? [];
  const archived = templates.value?.filter((template) => template.archived) ?? [];
  const shown = (template: TemplateView, open: boolean) => (
    <Template
      key={template.id}
      template={template}
      open={open}
      editable={role?.value === 'admin'}
      drafted={drafts.value.some(({ id }) => id === template.id)}
      onExport={() => exported(template)}
      onArchive={(on) => archive(template, on)}
    />
  );
  useEffect(() => {
    ask('drafts.list', {}).then((answer) => {
      if (answer.ok) drafts.value = answer.value;
      else error.value = answer.message;
    });
    ask('templates.list', {}).then((answer) => {
      if (answer.ok) templates.value = answer.value;
      else error.value = answer.message;
    });
  }, []);
  return (
    <>
      <div class="page-head">
        <h1>{optionsWords.templates}</h1>
        <p class="muted">{templatesWords.about}</p>
      </div>
      {templates.value === null ? <Loading problem={error.value} /> : <Trouble words={error.value} />}
      {role?.value === 'agent' && (
        <p class="by-organisation">
          <LockIcon />
          {role.by === 'locked' ? templatesWords.readOnlyLocked : templatesWords.readOnly}
        </p>
      )}
      {role?.value === 'admin' && (
        <>
          <TemplateImport
            ask={ask}
            first={
              <Button
                kind="primary"
                expanded={beginning.value}
                buttonRef={beginRef}
                onPress={() => {
                  beginning.value = !beginning.value;
                }}
              >
                {editorWords.newTemplate}
              </Button>
            }
            onPublished={(now, words, retimes) => {
              templates.value = now;
              done.value = words;
              retimed.value = retimes;
            }}
          />
          {beginning.value && (
            <NewTemplate
              ask={ask}
              templates={offered}
              onClose={() => {
                beginning.value = false;
                beginRef.current?.focus();
              }}
            />
          )}
          <Drafts drafts={drafts.value.filter(({ basedOn }) => basedOn === null)} />
        </>
      )}
      <div role="status">
        {done.value && <p class="message done">{done.value}</p>}
        <NewDates retimes={retimed.value} />
      </div>
      {offered.map((template, index) => shown(template, index === 0))}
      {archived.length > 0 && (
        <section class="block archived" aria-labelledby={archivedId}>
          <h2 id={archivedId}>{templatesWords.archived}</h2>
          <p class="muted">{templatesWords.aboutArchived}</p>
          {archived.map((template) => shown(template, false))}
        </section>
      )}
    </>
  );
}

/** Begins a template, empty or as a copy, and opens it. */
function NewTemplate({ ask, templates, onClose }: { ask: Ask; templates: TemplateView[]; onClose: () => void }) {
  const id = useId();
  const name = useSignal('');
  const from = useSignal('');
  const error = useSignal<string | null>(null);
  const nameRef = useRef<HTMLInputElement>(null);
  useEffect(() => nameRef.current?.focus(), []);
  const create = async () => {
    if (name.value.trim() === '') {
      error.value = editorWords.needsText;
      nameRef.current?.focus();
      return;
    }
    const answer = await ask('drafts.create', { name: name.value.trim(), from: from.value || null });
    if (answer.ok) location.hash = `#templates/${answer.value.id}`;
    else error.value = answer.message;
  };
  return (
    <form
      class="panel-card editor-form"
      aria-label={editorWords.newTemplate}
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <div class="pair">
        <div class="field">
          <label class="field-label" for={`${id}-name`}>
            {editorWords.nameOfNew}
          </label>
          <input
            id={`${id}-name`}
            class="input"
            maxLength={120}
            ref={nameRef}
            value={name.value}
            aria-invalid={error.value ? 'true' : undefined}
            aria-describedby={`${id}-error`}
            onInput={(event) => {
              name.value = event.currentTarget.value;
              error.value = null;
            }}
          />
          <FieldError id={`${id}-error`} alert>
            {error.value}
          </FieldError>
        </div>
        <div class="field">
          <label class="field-label" for={`${id}-from`}>
            {editorWords.beginsAs}
          </label>
          <select
            id={`${id}-from`}
            class="input"
            value={from.value}
            onChange={(event) => {
              from.value = event.currentTarget.value;
            }}
          >
            <option value="">{editorWords.empty}</option>
            {templates.map((template) => (
              <option key={template.id} value={template.id}>
                {editorWords.copyOf(template.name)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p class="form-actions">
        <Button kind="primary" onPress={create}>
          {editorWords.create}
        </Button>
        <Button kind="ghost" onPress={onClose}>
          {templatesWords.cancel}
        </Button>
      </p>
    </form>
  );
}

/** Templates that were never published. */
function Drafts({ drafts }: { drafts: DraftItem[] }) {
  const id = useId();
  if (drafts.length === 0) return null;
  return (
    <section class="block">
      <h2 id={id}>{editorWords.drafts}</h2>
      <ul class="panel-card editor-list" aria-labelledby={id}>
        {drafts.map((draft) => (
          <li key={draft.id} class="editor-row">
            <a class="row-button" href={`#templates/${draft.id}`}>
              <span class="row-name">
                <b>{draft.name}</b> <span class="muted small">{dateTimeWords(draft.editedAt, draft.editedAt)}</span>
              </span>
              <Chip tone="active">{editorWords.newDraft}</Chip>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Hands a text to the browser as a file. */
function download(fileName: string, text: string): void {
  const link = document.createElement('a');
  link.download = fileName;
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.click();
  URL.revokeObjectURL(link.href);
}

interface TemplateProps {
  template: TemplateView;
  open: boolean;
  /** Whether it may be edited in this browser. */
  editable: boolean;
  /** Whether it is being worked on. */
  drafted: boolean;
  onExport: () => void;
  /** @param archived what it is to be */
  onArchive: (archived: boolean) => void;
}

function Template({ template, open, editable, drafted, onExport, onArchive }: TemplateProps) {
  return (
    <div class={editable ? 'template-and-edit' : ''}>
      {editable && (
        <a class="button low" href={`#templates/${template.id}`} aria-label={editorWords.editTemplate(template.name)}>
          {editorWords.edit}
        </a>
      )}
      <details class="template" open={open}>
        <summary>
          <span class="turn">
            <ChevronIcon />
          </span>
          <span class="template-name">
            <h2>
              {template.name} {drafted && <Chip tone="active">{editorWords.hasDraft}</Chip>}
            </h2>
            <span class="muted">{template.summary}</span>
          </span>
          <span class="template-facts">
            <span class="strip" aria-hidden="true">
              {template.statuses.map((status) => (
                <Dot key={status.id} face={status} />
              ))}
            </span>
            <span class="muted small">{templatesWords.facts(template.statuses.length, template.version)}</span>
          </span>
        </summary>
        <div class="template-body">
          <StatusesOf template={template} />
          <aside aria-label={templatesWords.automaticOf(template.name)}>
            <Automatic template={template} />
            <section class="panel-card facts">
              <h3>{templatesWords.version(template.version)}</h3>
              {template.versions.length === 0 && <p class="muted">{templatesWords.builtIn}</p>}
              <ul>
                {template.versions.map(({ version, publishedAt, publishedBy, note, changes }) => (
                  <li key={version} class="version">
                    <span>
                      <b>{version}</b>{' '}
                      <span class="muted">
                        {[dateTimeWords(publishedAt, publishedAt), publishedBy].filter(Boolean).join(' · ')}
                      </span>{' '}
                      {note}
                      <span class="muted small"> {changes.join(' ')}</span>
                    </span>
                  </li>
                ))}
              </ul>
              <p class="version-actions">
                <Button low label={templatesWords.exportTemplate(template.name)} onPress={onExport}>
                  {templatesWords.export}
                </Button>
                {editable && (
                  <Button
                    low
                    label={templatesWords[template.archived ? 'bringBackTemplate' : 'archiveTemplate'](template.name)}
                    onPress={() => onArchive(!template.archived)}
                  >
                    {templatesWords[template.archived ? 'bringBack' : 'archive']}
                  </Button>
                )}
              </p>
            </section>
            <MessagesOf template={template} />
          </aside>
        </div>
      </details>
    </div>
  );
}

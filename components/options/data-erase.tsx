import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { DataOverview } from '../../core/contract/data-views';
import { dataWords } from '../../core/words/data';
import { dataPageWords } from '../../core/words/options-data';
import { Button } from '../shared/button';
import { FieldError } from '../shared/field-error';
import { rich } from '../shared/rich';
import { caseWords } from './data-verify';
import { collectEverything, download } from './everything-file';
import { figure } from './figures';
import { useWork, Work } from './work';

interface Props {
  ask: Ask;
  overview: DataOverview;
  onErased(): void;
}

/** Erases the cases of one site, or everything: in two steps, with the word of what goes typed in between. */
export function DataErase({ ask, overview: { counts, sites }, onErased }: Props) {
  const id = useId();
  /** `null`: everything; `undefined`: nothing was chosen yet, and the least is offered. */
  const siteId = useSignal<string | null | undefined>(undefined);
  const asking = useSignal(false);
  const done = useSignal<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const site = (siteId.value === undefined ? sites[0] : sites.find((one) => one.siteId === siteId.value)) ?? null;
  const name = site ? dataPageWords.casesOf(site.name) : dataPageWords.everything;
  const choose = (wanted: string | null | undefined) => {
    siteId.value = wanted;
    asking.value = false;
    done.value = null;
  };
  const close = () => {
    asking.value = false;
    requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <section class="panel-card data-card data-danger" aria-labelledby={id}>
      <h2 id={id}>{dataPageWords.eraseTitle}</h2>
      <p class="muted">{dataPageWords.aboutErase}</p>
      <fieldset class="data-choice">
        <legend class="field-label">{dataPageWords.whatToErase}</legend>
        {[...sites, null].map((one) => (
          <label key={one?.siteId ?? ''} class="check">
            <input
              type="radio"
              name={`${id}-what`}
              checked={(one?.siteId ?? null) === (site?.siteId ?? null)}
              onChange={() => choose(one?.siteId ?? null)}
            />
            <span>
              {one ? dataPageWords.casesOf(one.name) : dataPageWords.everything}{' '}
              <span class="muted small">{one ? caseWords(one.cases) : dataPageWords.asNew}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {asking.value ? (
        <Confirm
          key={site?.siteId ?? ''}
          ask={ask}
          siteId={site?.siteId ?? null}
          word={site ? site.word : dataWords.eraseWord}
          goes={
            site
              ? dataPageWords.goesOfSite(caseWords(site.cases))
              : dataPageWords.goesAll(caseWords(counts.cases), figure(counts.history))
          }
          stays={site ? dataPageWords.staysOfSite : null}
          onClose={close}
          onErased={() => {
            if (!site) {
              // As whoever has just installed it begins, in the browser's own language.
              location.hash = '#sites';
              location.reload();
              return;
            }
            choose(undefined);
            done.value = dataPageWords.erased(name);
            close();
            onErased();
          }}
        />
      ) : (
        <p class="data-actions">
          <Button
            kind="danger"
            buttonRef={opener}
            onPress={() => {
              done.value = null;
              asking.value = true;
            }}
          >
            {dataPageWords.eraseButton}
          </Button>
        </p>
      )}
      <div role="status">{done.value && <p class="message done">{done.value}</p>}</div>
    </section>
  );
}

interface ConfirmProps {
  ask: Ask;
  siteId: string | null;
  word: string;
  goes: readonly string[];
  stays: string | null;
  onClose(): void;
  onErased(): void;
}

function Confirm({ ask, siteId, word, goes, stays, onClose, onErased }: ConfirmProps) {
  const id = useId();
  const typed = useSignal('');
  const problem = useSignal<string | null>(null);
  const first = useSignal(true);
  const field = useRef<HTMLInputElement>(null);
  const { progress, run } = useWork();
  useEffect(() => field.current?.focus(), []);
  const erase = async () => {
    if (typed.value.trim().toLowerCase() !== word.toLowerCase()) {
      problem.value = dataPageWords.otherWord;
      field.current?.focus();
      return;
    }
    problem.value = null;
    await run(async (signal) => {
      if (first.value) {
        const tell = (cases: number) => {
          progress.value = { words: dataPageWords.collecting(figure(cases), figure(cases)), done: 0, total: 0 };
        };
        tell(0);
        const made = await collectEverything(ask, tell, signal);
        if (made === null) return;
        if (!made.ok) {
          problem.value = made.message;
          return;
        }
        download(made.value);
      }
      const answer = await ask('data.erase', { siteId, typed: typed.value });
      if (!answer.ok) problem.value = answer.message;
      else onErased();
    });
  };
  return (
    <div class="data-confirm">
      <p>
        <b>{dataPageWords.thisGoes}</b>
      </p>
      <ul>
        {goes.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {stays && <p class="muted small">{stays}</p>}
      <label class="check">
        <input
          type="checkbox"
          checked={first.value}
          onChange={(event) => {
            first.value = event.currentTarget.checked;
          }}
        />
        {dataPageWords.exportFirst}
      </label>
      <div class="field">
        <label for={id}>{rich(dataPageWords.typeWord, { word: <code>{word}</code> })}</label>
        <input
          id={id}
          class="input"
          ref={field}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={problem.value ? 'true' : undefined}
          aria-describedby={problem.value ? `${id}-problem` : undefined}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            problem.value = null;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
        />
        <FieldError id={`${id}-problem`} alert>
          {problem.value}
        </FieldError>
      </div>
      <Work progress={progress.value}>
        <Button kind="danger" busy={progress.value !== null} onPress={erase}>
          {dataPageWords.eraseNow}
        </Button>
        <Button kind="ghost" onPress={onClose}>
          {dataPageWords.cancel}
        </Button>
      </Work>
    </div>
  );
}

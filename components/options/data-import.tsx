import { batch, useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { ImportLook, Precedence } from '../../core/contract/data-views';
import { dataPageWords } from '../../core/words/options-data';
import { templatesWords } from '../../core/words/options-templates';
import { Button } from '../shared/button';
import { FieldError } from '../shared/field-error';
import { caseWords } from './data-verify';
import { collectEverything, download } from './everything-file';
import { figure, momentWords } from './figures';
import { KeptDates, NewDates, type Retimed } from './new-dates';
import { Trouble } from './trouble';
import { useWork, Work } from './work';

interface Props {
  ask: Ask;
  onImported(): void;
}

/** A file that the person has chosen; its address is what the background reads it by. */
interface Chosen {
  name: string;
  address: string;
  precedence: Precedence;
  look: ImportLook;
}

/** Takes a file of everything in, after a look at what that would do. */
export function DataImport({ ask, onImported }: Props) {
  const id = useId();
  const chosen = useSignal<Chosen | null>(null);
  /** What is being looked at instead; where that fails, what was looked at stays what would be done. */
  const wanted = useSignal<Precedence | null>(null);
  const problem = useSignal<string | null>(null);
  const done = useSignal<{ words: string; retimes: readonly Retimed[] } | null>(null);
  const { progress, cancel, run } = useWork();
  const input = useRef<HTMLInputElement>(null);
  const result = useRef<HTMLElement>(null);

  const forget = () => {
    // What is looked at still would come back.
    cancel();
    wanted.value = null;
    if (chosen.value) URL.revokeObjectURL(chosen.value.address);
    chosen.value = null;
  };
  useEffect(() => forget, []);
  useEffect(() => result.current?.focus(), [chosen.value?.address]);
  const look = async (name: string, address: string, precedence: Precedence) => {
    problem.value = null;
    progress.value = { words: dataPageWords.reading, done: 0, total: 0 };
    await run(async (signal) => {
      const answer = await ask('data.examine', { file: address, precedence });
      // Another choice was made meanwhile.
      if (signal.aborted) return;
      batch(() => {
        wanted.value = null;
        if (answer.ok) chosen.value = { name, address, precedence, look: answer.value };
        else problem.value = `${name}: ${answer.message}`;
      });
    });
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    batch(() => {
      problem.value = null;
      done.value = null;
      forget();
    });
    await look(file.name, URL.createObjectURL(file), 'keep');
    // The same file again is a choice as well: it may have been edited.
    if (input.current) input.current.value = '';
  };
  const reading = progress.value !== null;
  return (
    <section class="panel-card data-card" aria-labelledby={id}>
      <h2 id={id}>{dataPageWords.importTitle}</h2>
      <p class="muted">{dataPageWords.aboutImport}</p>
      <Work progress={progress.value}>
        <label class={`button plain file${reading ? ' busy' : ''}`}>
          {dataPageWords.choose}
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            onChange={(event) => choose(event.currentTarget.files?.[0])}
          />
        </label>
      </Work>
      <Trouble words={problem.value} />
      <div role="status">
        {done.value && (
          <>
            <p class="message done">{done.value.words}</p>
            <NewDates retimes={done.value.retimes} />
          </>
        )}
      </div>
      {chosen.value && (
        <section class="data-review" aria-label={dataPageWords.whatItWouldDo} tabIndex={-1} ref={result}>
          <h3>
            {chosen.value.name}{' '}
            {chosen.value.look.exportedAt && (
              <span class="muted small">
                {dataPageWords.madeAt(momentWords(new Date(chosen.value.look.exportedAt).getTime()))}
              </span>
            )}
          </h3>
          <Review
            ask={ask}
            chosen={chosen.value}
            looking={reading}
            wanted={wanted.value ?? chosen.value.precedence}
            choosePrecedence={(precedence) => {
              if (!chosen.value) return;
              wanted.value = precedence;
              look(chosen.value.name, chosen.value.address, precedence);
            }}
            onClose={() => {
              forget();
              input.current?.focus();
            }}
            onDone={(words, retimes) => {
              batch(() => {
                forget();
                done.value = { words, retimes };
              });
              input.current?.focus();
              onImported();
            }}
          />
        </section>
      )}
    </section>
  );
}

const takenWords = (cases: number) => (cases === 0 ? dataPageWords.onlyRest : caseWords(cases));

interface ReviewProps {
  ask: Ask;
  chosen: Chosen;
  /** Another choice is being looked at; the figures are still those of the one before. */
  looking: boolean;
  /** The choice that is looked at. */
  wanted: Precedence;
  choosePrecedence(precedence: Precedence): void;
  onClose(): void;
  onDone(words: string, retimes: readonly Retimed[]): void;
}

function Review({ ask, chosen, looking, wanted, choosePrecedence, onClose, onDone }: ReviewProps) {
  const { look, address, precedence } = chosen;
  const id = useId();
  const backup = useSignal(true);
  const refused = useSignal<string | null>(null);
  /** What is being written cannot be stopped any more. */
  const writing = useSignal(false);
  const { progress, cancel, run } = useWork();
  const { problems, standings, taken, newTemplates, newDrafts, newSites, leftOut, broken, overdue, unsent } = look;
  if (problems.length > 0)
    return (
      <>
        <FieldError>{dataPageWords.nothingTaken}</FieldError>
        {/* Long ones are moved by keys as well. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
        <ul class="findings data-problems" aria-label={templatesWords.findings} tabIndex={0}>
          {problems.map(({ message }) => (
            <li key={message} class="error">
              {message}
            </li>
          ))}
        </ul>
        <p class="data-actions">
          <Button onPress={onClose}>{dataPageWords.close}</Button>
        </p>
      </>
    );
  const disputed = standings.older + standings.forked > 0;
  const anything = taken > 0 || newTemplates.length > 0 || newDrafts.length > 0 || newSites.length > 0;
  const apply = async () => {
    refused.value = null;
    await run(async (signal) => {
      if (backup.value) {
        const tell = (cases: number) => {
          const words = dataPageWords.collecting(figure(cases), figure(cases));
          progress.value = { words, done: 0, total: 0 };
        };
        tell(0);
        const made = await collectEverything(ask, tell, signal);
        if (made === null) return;
        if (!made.ok) {
          refused.value = made.message;
          return;
        }
        download(made.value);
      }
      batch(() => {
        progress.value = { words: dataPageWords.importing, done: 0, total: 0 };
        writing.value = true;
      });
      const answer = await ask('data.import', { file: address, precedence });
      writing.value = false;
      if (!answer.ok) refused.value = answer.message;
      else if (answer.value.problems[0]) refused.value = answer.value.problems[0].message;
      else onDone(dataPageWords.imported(takenWords(answer.value.taken)), answer.value.retimes);
    });
  };
  return (
    <>
      <Standings look={look} precedence={precedence} />
      {disputed && (
        <fieldset class="data-choice">
          <legend class="field-label">{dataPageWords.whichCounts}</legend>
          {(['keep', 'take'] as const).map((one) => (
            <label key={one} class="check">
              <input
                type="radio"
                name={`${id}-precedence`}
                checked={wanted === one}
                onChange={() => choosePrecedence(one)}
              />
              <span>
                {one === 'keep' ? dataPageWords.keepHere : dataPageWords.takeTheirs}{' '}
                <span class="muted small">
                  {one === 'keep' ? dataPageWords.keepHereWhat : dataPageWords.takeTheirsWhat}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <List title={dataPageWords.newTemplates} items={newTemplates} />
      <KeptDates retimes={look.retimes} />
      <List title={dataPageWords.newDrafts} items={newDrafts} />
      <List title={dataPageWords.newSites} items={newSites} note={dataPageWords.sitesAsk} />
      <List title={dataPageWords.leftOut} items={leftOut.map(({ what, why }) => `${what}: ${why}`)} />
      <List title={dataPageWords.brokenHistories} items={broken.map(({ what, why }) => `${what}: ${why}`)} />
      {overdue > 0 && <p class="message warning">{dataPageWords.overdue(overdue)}</p>}
      {unsent > 0 && <p class="message warning">{dataPageWords.unsent(unsent)}</p>}
      {anything ? (
        <>
          {taken > 0 && <p class="muted small">{dataPageWords.twoBrowsers}</p>}
          <label class="check">
            <input
              type="checkbox"
              checked={backup.value}
              onChange={(event) => {
                backup.value = event.currentTarget.checked;
              }}
            />
            <span>
              {dataPageWords.backupFirst} <span class="muted small">{dataPageWords.backupFirstWhat}</span>
            </span>
          </label>
        </>
      ) : (
        <p>{dataPageWords.allHere}</p>
      )}
      <FieldError alert>{refused.value}</FieldError>
      <Work progress={progress.value}>
        {anything && (
          <Button kind="primary" busy={looking || progress.value !== null} onPress={apply}>
            {dataPageWords.importButton(takenWords(taken))}
          </Button>
        )}
        <Button
          kind="ghost"
          off={writing.value}
          onPress={() => {
            cancel();
            onClose();
          }}
        >
          {anything ? dataPageWords.cancel : dataPageWords.close}
        </Button>
      </Work>
    </>
  );
}

/** How the cases of the file stand to those here, and what happens to each kind. */
function Standings({ look: { standings }, precedence }: { look: ImportLook; precedence: Precedence }) {
  const { whatHappens } = dataPageWords;
  const disputed = precedence === 'take' ? whatHappens.overwritten : whatHappens.stays;
  const rows = [
    ['new', whatHappens.taken],
    ['newer', whatHappens.taken],
    ['older', disputed],
    ['forked', disputed],
    ['same', whatHappens.stays],
    ['left-out', whatHappens.stays],
  ] as const;
  return (
    <dl class="data-tiles">
      {rows
        .filter(([standing]) => standings[standing] > 0)
        .map(([standing, happens]) => (
          <div key={standing}>
            <dt>{dataPageWords.standings[standing]}</dt>
            <dd class="data-figure">{figure(standings[standing])}</dd>
            {standing !== 'left-out' && <dd class="muted small">{happens}</dd>}
          </div>
        ))}
    </dl>
  );
}

function List({ title, items, note }: { title: string; items: readonly string[]; note?: string }) {
  const id = useId();
  if (items.length === 0) return null;
  return (
    <div class="data-list">
      <h4 class="eyebrow" id={id}>
        {title}
      </h4>
      <ul aria-labelledby={id}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      {note && <p class="muted small">{note}</p>}
    </div>
  );
}

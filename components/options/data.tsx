import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { DataOverview } from '../../core/contract/data-views';
import { listed } from '../../core/words/language';
import { lossWords } from '../../core/words/loss';
import { dataPageWords } from '../../core/words/options-data';
import { Button } from '../shared/button';
import { FieldError } from '../shared/field-error';
import { DataBackup } from './data-backup';
import { DataErase } from './data-erase';
import { DataImport } from './data-import';
import { DataVerify } from './data-verify';
import { collectEverything, download } from './everything-file';
import { figure, momentWords, sizeWords } from './figures';
import { Loading, Trouble } from './trouble';
import { useWork, Work } from './work';

/** Asks the browser for the permission to save files. Has to be called in a click, before anything is awaited. */
export type RequestDownloads = () => Promise<boolean>;

interface DataProps {
  /** Waits longer for its answers: a large file takes its time. */
  ask: Ask;
  requestDownloads: RequestDownloads;
}

/** All that is stored: how much it is, out into a file and back, whether it is whole, and how to be rid of it. */
export function Data({ ask, requestDownloads }: DataProps) {
  const overview = useSignal<DataOverview | null>(null);
  const error = useSignal<string | null>(null);
  const load = async () => {
    const answer = await ask('data.overview', {});
    if (answer.ok) overview.value = answer.value;
    error.value = answer.ok ? null : answer.message;
  };
  useEffect(() => {
    load();
  }, []);
  const known = overview.value;
  const cases = known?.counts.cases ?? 0;
  return (
    <>
      <div class="page-head">
        <h1>{dataPageWords.page}</h1>
        <p class="muted">{dataPageWords.about}</p>
      </div>
      {known ? <Trouble words={error.value} /> : <Loading problem={error.value} />}
      {known && (
        <>
          {known.loss && <Lost ask={ask} loss={known.loss} onSettled={load} />}
          <Overview overview={known} />
          <div class="data-pair">
            <Export ask={ask} cases={cases} />
            <DataBackup ask={ask} backup={known.backup} requestDownloads={requestDownloads} />
          </div>
          <DataImport ask={ask} onImported={load} />
          <DataVerify ask={ask} cases={cases} />
          <DataErase ask={ask} overview={known} onErased={load} />
        </>
      )}
    </>
  );
}

/** The browser has lost what there was: says what to do, until the person has done it. */
function Lost({
  ask,
  loss,
  onSettled,
}: {
  ask: Ask;
  loss: NonNullable<DataOverview['loss']>;
  onSettled: () => Promise<void>;
}) {
  const error = useSignal<string | null>(null);
  return (
    <section class="panel-card data-card" aria-label={lossWords.title}>
      <Trouble words={lossWords.noticed(listed(loss.sites), momentWords(loss.noticedAt))} />
      <div>
        <Button
          onPress={async () => {
            const answer = await ask('data.settle-loss', {});
            error.value = answer.ok ? null : answer.message;
            if (answer.ok) await onSettled();
          }}
        >
          {lossWords.settled}
        </Button>
      </div>
      <FieldError alert>{error.value}</FieldError>
    </section>
  );
}

function Overview({ overview: { counts, changedAt } }: { overview: DataOverview }) {
  const id = useId();
  const { counts: names } = dataPageWords;
  const tiles: [keyof typeof names, string | null][] = [
    ['cases', changedAt === null ? null : dataPageWords.lastChange(momentWords(changedAt))],
    ['history', null],
    ['timers', dataPageWords.armed(figure(counts.armed))],
    ['outbox', counts.owed > 0 ? dataPageWords.owed(figure(counts.owed)) : null],
    ['commands', null],
    ['templates', null],
  ];
  return (
    <section class="panel-card data-card" aria-labelledby={id}>
      <h2 id={id}>{dataPageWords.whatThereIs}</h2>
      <dl class="data-tiles">
        {tiles.map(([kind, more]) => (
          <div key={kind}>
            <dt>{names[kind]}</dt>
            <dd class="data-figure">{figure(counts[kind])}</dd>
            {more && <dd class="muted small">{more}</dd>}
          </div>
        ))}
      </dl>
      <Storage key={Object.values(counts).join()} />
    </section>
  );
}

/** What the browser says about the space. It keeps what is in it: the extension asks for that with its installation. */
function Storage() {
  const used = useSignal<{ usage: number; quota: number } | null>(null);
  useEffect(() => {
    // Not in every browser, and not in every window.
    navigator.storage?.estimate?.().then(
      ({ usage = 0, quota = 0 }) => {
        used.value = { usage, quota };
      },
      () => {},
    );
  }, []);
  if (!used.value) return null;
  const { usage, quota } = used.value;
  return (
    <p>
      {quota > 0 ? dataPageWords.used(sizeWords(usage), sizeWords(quota)) : dataPageWords.usedAlone(sizeWords(usage))}
    </p>
  );
}

function Export({ ask, cases }: { ask: Ask; cases: number }) {
  const id = useId();
  const { progress, cancel, run } = useWork();
  const done = useSignal<string | null>(null);
  const problem = useSignal<string | null>(null);
  const start = async () => {
    done.value = null;
    problem.value = null;
    const tell = (count: number) => {
      progress.value = {
        words: dataPageWords.collecting(figure(count), figure(Math.max(count, cases))),
        done: count,
        total: Math.max(count, cases),
      };
    };
    tell(0);
    const made = await run((signal) => collectEverything(ask, tell, signal));
    if (made === null) done.value = dataPageWords.cancelled;
    else if (!made.ok) problem.value = made.message;
    else {
      download(made.value);
      const { name, file, cases: count } = made.value;
      done.value = dataPageWords.exported(name, sizeWords(file.size), figure(count));
    }
  };
  return (
    <section class="panel-card data-card" aria-labelledby={id}>
      <h2 id={id}>{dataPageWords.exportTitle}</h2>
      <p class="muted">{dataPageWords.aboutExport}</p>
      <Work progress={progress.value} onCancel={cancel}>
        <Button kind="primary" busy={progress.value !== null} onPress={start}>
          {dataPageWords.exportButton}
        </Button>
      </Work>
      <FieldError alert>{problem.value}</FieldError>
      <p role="status" class="small data-done">
        {done.value}
      </p>
    </section>
  );
}

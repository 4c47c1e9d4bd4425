import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { BrokenHistory } from '../../core/contract/data-views';
import { dataPageWords } from '../../core/words/options-data';
import { Button } from '../shared/button';
import { FieldError } from '../shared/field-error';
import { CheckIcon, WarningIcon } from '../shared/icons';
import { figure, momentWords } from './figures';
import { useWork, Work } from './work';

export const caseWords = (count: number) => dataPageWords.casesWords(figure(count), count === 1);

interface Checked {
  cases: number;
  entries: number;
  broken: BrokenHistory[];
  stopped: boolean;
}

/** Checks the chain of each history, and names the first entry that does not fit. */
export function DataVerify({ ask, cases }: { ask: Ask; cases: number }) {
  const id = useId();
  const { progress, cancel, run } = useWork();
  const checked = useSignal<Checked | null>(null);
  const problem = useSignal<string | null>(null);
  const start = async () => {
    checked.value = null;
    problem.value = null;
    const found: Checked = { cases: 0, entries: 0, broken: [], stopped: false };
    const tell = () => {
      const total = Math.max(cases, found.cases);
      progress.value = { words: dataPageWords.checking(figure(found.cases), figure(total)), done: found.cases, total };
    };
    tell();
    await run(async (signal) => {
      let after: string | null = null;
      do {
        const part: Awaited<ReturnType<typeof ask<'data.verify'>>> = await ask('data.verify', { after });
        if (!part.ok) {
          problem.value = part.message;
          return;
        }
        found.cases += part.value.cases;
        found.entries += part.value.entries;
        found.broken.push(...part.value.broken);
        after = part.value.next;
        found.stopped = signal.aborted && after !== null;
        tell();
      } while (after !== null && !signal.aborted);
      checked.value = found;
    });
  };
  return (
    <section class="panel-card data-card" aria-labelledby={id}>
      <h2 id={id}>{dataPageWords.verifyTitle}</h2>
      <p class="muted">{dataPageWords.aboutVerify}</p>
      {cases === 0 ? (
        <p class="small muted">{dataPageWords.nothingToCheck}</p>
      ) : (
        <Work progress={progress.value} onCancel={cancel}>
          <Button busy={progress.value !== null} onPress={start}>
            {dataPageWords.verifyButton}
          </Button>
        </Work>
      )}
      <FieldError alert>{problem.value}</FieldError>
      <div role="status">{checked.value && <Outcome checked={checked.value} />}</div>
    </section>
  );
}

function Outcome({ checked: { cases, entries, broken, stopped } }: { checked: Checked }) {
  return (
    <>
      {stopped && <p class="small muted">{dataPageWords.stopped(caseWords(cases))}</p>}
      {broken.length === 0 && !stopped && (
        <p class="message done">
          <CheckIcon />
          {dataPageWords.allWell(caseWords(cases), figure(entries))}
        </p>
      )}
      {broken.length > 0 && (
        <div class="message danger data-broken">
          <WarningIcon />
          <div>
            <p>{dataPageWords.someBroken(broken.length)}</p>
            <ul aria-label={dataPageWords.brokenWhere}>
              {broken.map(({ caseKey, ticketId, siteName, url, what, seq, at }) => (
                <li key={caseKey}>
                  {url === null ? (
                    <b>{dataPageWords.ticket(ticketId, siteName)}</b>
                  ) : (
                    <a href={url} target="_blank" rel="noreferrer">
                      {dataPageWords.ticket(ticketId, siteName)}
                    </a>
                  )}
                  <span>
                    {what === 'missing' || at === null
                      ? dataPageWords.entryMissing(seq)
                      : dataPageWords.entryChanged(seq, momentWords(at))}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </>
  );
}

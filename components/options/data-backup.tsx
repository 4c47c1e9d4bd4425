import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { BackupSchedule, BackupView } from '../../core/contract/data-views';
import { dataPageWords } from '../../core/words/options-data';
import { FieldError } from '../shared/field-error';
import type { RequestDownloads } from './data';
import { momentWords } from './figures';

const schedules: BackupSchedule[] = ['off', 'daily', 'weekly'];

interface Props {
  ask: Ask;
  backup: BackupView;
  requestDownloads: RequestDownloads;
}

/** Whether the browser saves a file of everything by itself, how often, and what came of the last one. */
export function DataBackup({ ask, backup: given, requestDownloads }: Props) {
  const id = useId();
  const backup = useSignal(given);
  /** While it is asked for, and the first file is made. */
  const wanted = useSignal<BackupSchedule | null>(null);
  const problem = useSignal<string | null>(null);
  const choose = async (every: BackupSchedule) => {
    problem.value = null;
    wanted.value = every;
    // First of all: the browser asks only while it still sees the click.
    const allowed = every === 'off' || (await requestDownloads().catch(() => false));
    if (allowed) {
      const answer = await ask('data.set-backup', { every });
      if (answer.ok) backup.value = answer.value;
      else problem.value = answer.message;
    } else problem.value = dataPageWords.downloadsRefused;
    wanted.value = null;
  };
  const { every, nextAt, last } = backup.value;
  return (
    <section class="panel-card data-card" aria-labelledby={id}>
      <h2 id={id}>{dataPageWords.backupTitle}</h2>
      <p class="muted">{dataPageWords.aboutBackup}</p>
      <div class="segments" role="radiogroup" aria-labelledby={id}>
        {schedules.map((schedule) => (
          <label key={schedule}>
            <input
              type="radio"
              name={`${id}-every`}
              checked={(wanted.value ?? every) === schedule}
              onChange={() => choose(schedule)}
            />
            <span>{dataPageWords.schedules[schedule]}</span>
          </label>
        ))}
      </div>
      <FieldError alert>{problem.value}</FieldError>
      <div role="status" class="small muted data-outcome">
        {wanted.value !== null && wanted.value !== 'off' ? (
          <p>{dataPageWords.makingBackup}</p>
        ) : (
          <>
            {last === null && every !== 'off' && <p>{dataPageWords.noBackupYet}</p>}
            {last?.problem === null && <p>{dataPageWords.lastBackup(momentWords(last.at), last.fileName)}</p>}
            {last && last.problem !== null && (
              <FieldError>
                {dataPageWords.backupFailed(momentWords(last.at))} {last.problem}
              </FieldError>
            )}
            {nextAt !== null && <p>{dataPageWords.nextBackup(momentWords(nextAt))}</p>}
          </>
        )}
      </div>
    </section>
  );
}

import type { RetimeView } from '../../core/contract/views';
import { templatesWords } from '../../core/words/options-templates';

/** A version that came from a file, with timers that would be due at another time by it. */
export interface Retimed extends RetimeView {
  templateId: string;
  version: number;
  name: string;
}

/** Of versions that are still to be taken in: which timers keep their dates. */
export function KeptDates({ retimes }: { retimes: readonly Retimed[] }) {
  return (
    <>
      {retimes.map(({ templateId, name, version, timers, cases }) => (
        <p key={templateId} class="muted">
          {templatesWords.keepDates(name, version, timers, cases)} {templatesWords.newDatesLater}
        </p>
      ))}
    </>
  );
}

/** Of versions that were taken in: leads to where their timers get new dates. */
export function NewDates({ retimes }: { retimes: readonly Retimed[] }) {
  return (
    <>
      {retimes.map(({ templateId, name, version, timers, cases }) => (
        <p key={templateId} class="message warn">
          <span>
            {templatesWords.keepDates(name, version, timers, cases)}{' '}
            <a href={`#templates/${templateId}/versions`}>{templatesWords.giveNewDates(name)}</a>
          </span>
        </p>
      ))}
    </>
  );
}

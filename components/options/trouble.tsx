import { WarningIcon } from '../shared/icons';

/** What went wrong on a page of the options, at its top; said aloud. */
export function Trouble({ words }: { words: string | null }) {
  return (
    <div role="alert">
      {words && (
        <p class="message danger">
          <WarningIcon />
          {words}
        </p>
      )}
    </div>
  );
}

import { sharedWords } from '../../core/words/shared';
import { Button } from '../shared/button';
import { WarningIcon } from '../shared/icons';

interface TroubleProps {
  words: string | null;
  /** Tries once more; without it there is nothing to try. */
  again?: () => void;
}

/** What went wrong on a page of the options, at its top; said aloud. */
export function Trouble({ words, again }: TroubleProps) {
  return (
    <div role="alert">
      {words && (
        <div class="message danger">
          <WarningIcon />
          <p class="trouble-words">{words}</p>
          {again && (
            <Button low onPress={again}>
              {sharedWords.tryAgain}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/**
 * Stands where something is still being read, or could not be. To try again is to load the page anew: what else it has asked the
 * background, such as what this browser may do, was not answered either.
 */
export function Loading({ problem }: { problem: string | null }) {
  return (
    <>
      <Trouble words={problem} again={() => location.reload()} />
      {problem === null && (
        <p class="loading muted">
          <span class="spinner" aria-hidden="true" />
          {sharedWords.loading}
        </p>
      )}
    </>
  );
}

import type { Provision } from '../../core/contract/views';
import { optionsWords } from '../../core/words/options';
import { LockIcon } from '../shared/icons';

/** Says that the organisation provides a setting, or has locked it; nothing where it does neither. */
export function ByOrganisation({ by, id }: { by: Provision; id?: string }) {
  if (by === null) return null;
  return (
    <p class="by-organisation" id={id}>
      <LockIcon />
      {by === 'locked' ? optionsWords.locked : optionsWords.provided}
    </p>
  );
}

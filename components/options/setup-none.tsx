import { setupWords } from '../../core/words/options-setup';
import { Button } from '../shared/button';

/** Stands in for a step of the set-up that needs a help desk, where none is connected. */
export function NoSiteYet({ onConnectFirst }: { onConnectFirst: () => void }) {
  return (
    <p class="setup-none panel-card">
      <span>{setupWords.noSiteYet}</span>
      <Button onPress={onConnectFirst}>{setupWords.connectFirst}</Button>
    </p>
  );
}

import { Button } from '../shared/button';
import { ShortcutFields } from '../shared/shortcut-fields';
import type { PanelState } from './state';
import { Subhead } from './subhead';

/** What a person may set about the panel itself: where it stands on this site, and the shortcuts on all sites. */
export function Settings({ state }: { state: PanelState }) {
  return (
    <>
      <Subhead state={state} title="Panel settings" focus />
      <div class="body settings" data-scroll>
        <section aria-label="Place">
          <h3 class="eyebrow">Place on this site</h3>
          <p class="muted small">Drag the panel by its head, or put it into a corner.</p>
          <div class="corners">
            <Button onPress={() => state.toCorner('left')}>Bottom left</Button>
            <Button onPress={() => state.toCorner('right')}>Bottom right</Button>
          </div>
        </section>
        <section aria-label="Shortcuts">
          <h3 class="eyebrow">Shortcuts</h3>
          <ShortcutFields
            shortcuts={state.shortcuts.value}
            taken={state.taken()}
            save={(shortcuts) => state.setShortcuts(shortcuts)}
          />
        </section>
      </div>
    </>
  );
}

import { panelWords } from '../../core/words/panel';
import { Button } from '../shared/button';
import { ShortcutFields } from '../shared/shortcut-fields';
import type { PanelState } from './state';
import { Subhead } from './subhead';

/** What a person may set about the panel itself: where it stands on this site, and the shortcuts on all sites. */
export function Settings({ state }: { state: PanelState }) {
  return (
    <>
      <Subhead state={state} title={panelWords.settings} focus />
      <div class="body settings" data-scroll>
        <section aria-label={panelWords.place}>
          <h3 class="eyebrow">{panelWords.placeHere}</h3>
          <p class="muted small">{panelWords.howToPlace}</p>
          <div class="corners">
            <Button onPress={() => state.toCorner('left')}>{panelWords.bottomLeft}</Button>
            <Button onPress={() => state.toCorner('right')}>{panelWords.bottomRight}</Button>
          </div>
        </section>
        <section aria-label={panelWords.shortcuts}>
          <h3 class="eyebrow">{panelWords.shortcuts}</h3>
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

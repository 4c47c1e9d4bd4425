import { render } from 'preact';
import tokens from '../../assets/tokens/panel.css?inline';
import type { OverlayHandle } from '../../core/contract/overlay';
import { writeDatesBy } from '../../core/words/dates';
import { speak } from '../../core/words/language';
import base from '../shared/base.css?inline';
import { Panel } from './panel';
import styles from './panel.css?inline';
import { makePanelState } from './state';

/** Takes over the overlay: replaces the first stage's pill by the whole panel, until the handle's signal aborts. */
export function mountPanel(handle: OverlayHandle): void {
  if (handle.signal.aborted) return;
  speak(handle.language);
  writeDatesBy(handle.dates);
  // A constructed sheet is not subject to the page's content security policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + base + styles);
  handle.root.adoptedStyleSheets = [...handle.root.adoptedStyleSheets, sheet];
  handle.mount.replaceChildren();
  render(<Panel state={makePanelState(handle)} />, handle.mount);
  handle.signal.addEventListener(
    'abort',
    () => {
      render(null, handle.mount);
      handle.root.adoptedStyleSheets = handle.root.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
    },
    { once: true },
  );
}

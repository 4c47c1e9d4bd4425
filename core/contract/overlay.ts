import type { ShortcutAction, Shortcuts } from '../domain/shortcuts';
import type { DateTable } from '../words/dates';
import type { Ask } from './client';
import type { Answer, PanelPlace } from './messages';
import type { CaseView } from './views';

/**
 * What the first stage (pill) hands to the second (panel) over the content script's own globals, which no page can reach.
 * Both stages bundle their own copy of everything, so only plain functions and data cross.
 */
export interface OverlayHandle {
  root: ShadowRoot;
  /** The element to render into; the first stage's pill is in it until the panel takes over. */
  mount: HTMLElement;
  /** Of its words, as a tag. */
  language: string;
  /** How its dates are written; `null`: as `Intl` does. */
  dates: DateTable | null;
  ask: Ask;
  /** A fresh id for a command. */
  newId(): string;
  /** The newest view, or the word for why there is none; calls back at once and on every change until `signal` aborts. */
  subscribe(listener: (state: OverlayState) => void, signal: AbortSignal): void;
  setPlace(place: PanelPlace): void;
  setShortcuts(shortcuts: Shortcuts): Promise<Answer<Shortcuts>>;
  /** Calls back for every shortcut that was pressed, also the one that was pressed before the panel was there. */
  onShortcut(listener: (action: ShortcutAction) => void, signal: AbortSignal): void;
  /** Shortcuts that the help desk uses itself, and the access keys of its page. */
  taken(): { desk: readonly string[]; accessKeys: readonly string[] };
  /** A newer view came with an answer. */
  accept(view: CaseView): void;
  /** Asks the background again. */
  refresh(): void;
  /** True: the case is a sample, in a page of the extension. Nothing needs to be guarded, and there is no place to stand in. */
  sample?: boolean;
  /** Aborted when the ticket page is left or the extension goes away. */
  signal: AbortSignal;
}

export interface OverlayState {
  view: CaseView | null;
  place: PanelPlace;
  shortcuts: Shortcuts;
  problem: { code: string; message: string } | null;
}

/** Called by the panel's script as soon as it is here. */
export const HERE_NAME = '__csoHere';
/** Set by the panel's script: takes the handle and renders. */
export const MOUNT_NAME = '__csoMount';

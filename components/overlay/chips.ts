import type { Ask } from '../../core/contract/client';
import type { CaseChip, CaseView } from '../../core/contract/views';
import { onNavigation } from '../../core/sites/navigation';
import type { PageAdapter, TicketRow } from '../../core/sites/site-adapter';
import { speak } from '../../core/words/language';
import { pageWords } from '../../core/words/page';
import { positionWords } from '../shared/position-words';
import chipStyle from './chips.css?inline';
import { paint, sheetOf } from './paint';

const CHIP_ATTRIBUTE = 'data-case-status-chip';
/** More rows than anybody looks through; what comes after them gets no chip. */
const ROWS = 500;
/** A page that throws chips out again and again keeps its rows without them. */
const TRIES = 20;

interface Slot {
  ticketId: string;
  element: HTMLElement;
  root: ShadowRoot;
}

/**
 * A status chip beside each ticket of a list, in a room of its own that no script of the page can look into. The room has
 * one size, whatever is in it, and is there before the list is painted: nothing moves when the answer comes.
 */
export function startChips(
  page: Window,
  adapters: readonly PageAdapter[],
  ask: Ask,
  options: { mode: ShadowRootMode; styles: string },
  signal: AbortSignal,
): { accept(view: CaseView): void; lookAgain(): void } {
  const { document } = page;
  const known = new Map<string, CaseChip>();
  const tries = new WeakMap<Element, number>();
  let slots = new Map<Element, Slot>();
  let asked = new Set<string>();
  /** Those whose lists may be at this address; the page itself says which it is. */
  let candidates: readonly PageAdapter[] = [];
  let frame = 0;
  let href = '';
  let sheet: CSSStyleSheet | null = null;

  const makeSlot = ({ subject, ticketId }: TicketRow): Slot => {
    sheet ??= sheetOf(options.styles + chipStyle);
    const element = document.createElement('span');
    element.setAttribute(CHIP_ATTRIBUTE, '');
    const root = element.attachShadow({ mode: options.mode });
    root.adoptedStyleSheets = [sheet];
    subject.after(element);
    return { ticketId, element, root };
  };

  const draw = ({ ticketId, root }: Slot) => {
    const chip = known.get(ticketId);
    if (!chip) return;
    const element = document.createElement('span');
    // The page can set the host's properties; this element's own win.
    element.className = `case-panel row-chip${chip.tracked ? '' : ' untracked'}`;
    paint(element, chip);
    element.setAttribute('role', 'img');
    const words = `${pageWords.caseStatus}: ${chip.status}${chip.tracked ? '' : ` (${pageWords.untracked})`}`;
    element.setAttribute('aria-label', words);
    element.title = words;
    const label = document.createElement('span');
    label.textContent = chip.status;
    element.append(document.createElement('i'), label);
    root.replaceChildren(element);
  };

  const learn = (chip: CaseChip) => {
    const before = known.get(chip.ticketId);
    if (before && before.revision > chip.revision) return;
    known.set(chip.ticketId, chip);
    for (const slot of slots.values()) if (slot.ticketId === chip.ticketId) draw(slot);
  };

  const clear = () => {
    for (const { element } of slots.values()) element.remove();
    slots = new Map();
  };

  const askFor = async (rows: readonly TicketRow[]) => {
    if (rows.length === 0) return;
    for (const { ticketId } of rows) asked.add(ticketId);
    const tickets = rows.map(({ ticketId, nativeStatus }) => ({ ticketId, nativeStatus }));
    const answer = await ask('cases.chips', { tickets });
    if (signal.aborted) return;
    if (answer.ok) {
      speak(answer.value.language);
      for (const chip of answer.value.chips) learn(chip);
      // Of what has been erased nothing may be left to say.
      for (const { ticketId, root } of slots.values()) if (!known.has(ticketId)) root.replaceChildren();
    }
    // A granted host may serve lists that belong to no connected help desk.
    else if (answer.code === 'not-connected') stop();
  };

  const look = () => {
    if (candidates.length === 0) return;
    const rows = candidates.flatMap((adapter) => adapter.rows(document)).slice(0, ROWS);
    const next = new Map<Element, Slot>();
    for (const row of rows) {
      const slot = slots.get(row.subject);
      if (slot?.ticketId === row.ticketId && slot.element.previousSibling === row.subject) {
        next.set(row.subject, slot);
        continue;
      }
      slot?.element.remove();
      const tried = (tries.get(row.subject) ?? 0) + 1;
      if (tried > TRIES) continue;
      tries.set(row.subject, tried);
      const fresh = makeSlot(row);
      next.set(row.subject, fresh);
      draw(fresh);
    }
    for (const [subject, { element }] of slots) if (!next.has(subject)) element.remove();
    slots = next;
    void askFor(rows.filter(({ ticketId }) => !asked.has(ticketId)));
  };

  // One look a frame, before the frame is painted, however busy the page is.
  const observer = new MutationObserver(() => {
    frame ||= page.requestAnimationFrame(() => {
      frame = 0;
      look();
    });
  });
  const stop = () => {
    observer.disconnect();
    page.cancelAnimationFrame(frame);
    frame = 0;
    candidates = [];
    clear();
  };

  const navigated = () => {
    if (page.location.href === href) return;
    href = page.location.href;
    stop();
    // Another list, or the same one later: what is known of it may be old.
    asked = new Set();
    const url = new URL(href);
    candidates = adapters.filter((adapter) => adapter.listsTickets(url));
    if (candidates.length === 0) return;
    // A row that is used again for another ticket gets another link, and nothing else that is new.
    observer.observe(document, { subtree: true, childList: true, attributeFilter: ['href'] });
    look();
  };

  const again = () => {
    if (document.visibilityState !== 'visible' || candidates.length === 0) return;
    asked = new Set();
    // Not compared with what comes: an erased case, or one from a file, is older than what was shown.
    known.clear();
    look();
  };
  onNavigation(page, navigated, signal);
  document.addEventListener('visibilitychange', again, { signal });
  page.addEventListener('pageshow', (event) => event.persisted && again(), { signal });
  signal.addEventListener('abort', stop);
  // What an earlier copy of the script left behind.
  for (const old of document.querySelectorAll(`span[${CHIP_ATTRIBUTE}]`)) old.remove();
  navigated();

  return {
    lookAgain() {
      // The list may be one of a site that was not connected.
      if (candidates.length === 0) {
        href = '';
        navigated();
      } else again();
    },
    accept(view) {
      if (!asked.has(view.ticketId)) return;
      const { ticketId, status, tracked, revision } = view;
      learn({ ...status, ticketId, status: positionWords(view), tracked, revision });
    },
  };
}

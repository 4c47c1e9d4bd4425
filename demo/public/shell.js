/** What both editions share: keyboard shortcuts and the dialog that lists them. */

const MARKED = 'marked';

/** @param {EventTarget | null} target @returns {boolean} */
const isTyping = (target) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

const rows = () => [...document.querySelectorAll('[data-ticket-row]')];

/** @param {1 | -1} step in the queue moves the mark, on a ticket goes to its neighbour */
function move(step) {
  const link = document.querySelector(`[data-nav="${step === 1 ? 'next' : 'previous'}"]`);
  if (link instanceof HTMLElement) {
    link.click();
    return;
  }
  const all = rows();
  if (all.length === 0) return;
  const current = all.findIndex((row) => row.classList.contains(MARKED));
  const start = step === 1 ? 0 : all.length - 1;
  const index = current === -1 ? start : Math.min(Math.max(current + step, 0), all.length - 1);
  for (const [position, row] of all.entries()) row.classList.toggle(MARKED, position === index);
  all[index].scrollIntoView({ block: 'nearest' });
}

function openMarked() {
  const link = document.querySelector(`.${MARKED}[data-ticket-row] a`);
  if (link instanceof HTMLElement) link.click();
  return link !== null;
}

/** @param {string} selector @returns {boolean} whether there was something to focus */
function focus(selector) {
  const field = document.querySelector(selector);
  if (field instanceof HTMLElement) field.focus();
  return field !== null;
}

function openShortcuts() {
  const dialog = document.querySelector('#shortcuts');
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** Each returns `false` when there was nothing to do, and the key keeps its usual meaning. */
const KEYS = new Map([
  ['j', () => move(1)],
  ['k', () => move(-1)],
  ['Enter', openMarked],
  ['r', () => focus('#reply')],
  ['/', () => focus('#search')],
  ['?', openShortcuts],
]);

// On window and in the capture phase, as many a desk does it: we are asked before any element on the page.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    // Enter on a focused link or button means that link or button.
    if (event.key === 'Enter' && event.target !== document.body) return;
    const act = KEYS.get(event.key);
    if (act && act() !== false) event.preventDefault();
  },
  { capture: true },
);

document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-open-dialog="shortcuts"]')) openShortcuts();
});

// "Reply sent." belongs to the moment: a reload or a copied address should not say it again.
const address = new URL(location.href);
if (address.searchParams.has('done')) {
  address.searchParams.delete('done');
  history.replaceState(history.state, '', address);
}

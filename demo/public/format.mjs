/** How things are written on screen. Used by the server's pages and by the app in the browser, so that both read alike. */

export const STATUSES = [
  { id: 'open', label: 'Open' },
  { id: 'pending', label: 'Pending' },
  { id: 'solved', label: 'Solved' },
  { id: 'closed', label: 'Closed' },
];

/** @param {string} status @returns {string} */
export const statusLabel = (status) => STATUSES.find(({ id }) => id === status)?.label ?? status;

/** @param {string} name @returns {string} one or two capitals */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

/** @param {string} name @returns {number} 0 to 5, always the same for a name: the avatar's colour class */
export function tone(name) {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 10_007;
  return sum % 6;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * @param {string} iso
 * @param {number} [nowMs] milliseconds since the epoch
 * @returns {string} "just now", "12 min ago", "3 h ago", "2 days ago", later a date
 */
export function relativeTime(iso, nowMs = Date.now()) {
  const agoMs = nowMs - Date.parse(iso);
  if (agoMs < MINUTE_MS) return 'just now';
  if (agoMs < HOUR_MS) return `${Math.floor(agoMs / MINUTE_MS)} min ago`;
  if (agoMs < DAY_MS) return `${Math.floor(agoMs / HOUR_MS)} h ago`;
  const days = Math.floor(agoMs / DAY_MS);
  if (days < 14) return days === 1 ? 'yesterday' : `${days} days ago`;
  return new Date(iso).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** @param {string} iso @returns {string} "20 Nov 2025, 14:05 UTC" */
export function fullTime(iso) {
  const text = new Date(iso).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  return `${text} UTC`;
}

/**
 * What the desk accepts. Every check returns a value: `{ ok: true, value }` or `{ ok: false, code, message }`,
 * with a message that the person who typed it can act on.
 */

import { STATUSES } from './public/format.mjs';

/**
 * @typedef {{ ok: false, code: string, message: string }} Refusal
 */
/**
 * @template T
 * @typedef {{ ok: true, value: T } | Refusal} Result
 */
/** @typedef {'open' | 'pending' | 'solved' | 'closed'} Status */
/** @typedef {'public' | 'internal'} Visibility */
/** @typedef {{ name: string, email: string }} Person */

export const LIMITS = { subject: 200, body: 20_000, name: 200, email: 254, jsonBytes: 256 * 1024 };

/** @template T @param {T} value @returns {{ ok: true, value: T }} */
export const accept = (value) => ({ ok: true, value });

/** @param {string} code @param {string} message @returns {Refusal} */
export const refuse = (code, message) => ({ ok: false, code, message });

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param {unknown} value
 * @param {{ name: string, max: number, oneLine?: boolean }} rule `max` in UTF-16 code units
 * @returns {Result<string>} trimmed text with `\n` line ends; `invalid` when empty, too long or not text
 */
export function readText(value, { name, max, oneLine = false }) {
  if (typeof value !== 'string') return refuse('invalid', `${name} is missing.`);
  const lines = value.replace(/\r\n?/g, '\n');
  const text = (oneLine ? lines.replace(/\s+/g, ' ') : lines).trim();
  if (text === '') return refuse('invalid', `${name} must not be empty.`);
  if (text.length > max) {
    return refuse('invalid', `${name} is too long: ${text.length} characters, at most ${max} are allowed.`);
  }
  return accept(text);
}

/** @param {unknown} value @returns {Result<Status>} */
export function readStatus(value) {
  const status = STATUSES.find(({ id }) => id === value);
  if (!status) return refuse('invalid-status', `Status must be one of ${STATUSES.map(({ id }) => id).join(', ')}.`);
  return accept(/** @type {Status} */ (status.id));
}

/** @param {unknown} value @returns {Result<Visibility>} */
export function readVisibility(value) {
  // Never guessed: a note meant for the team must not reach the customer because a field was forgotten.
  if (value === 'public' || value === 'internal') return accept(value);
  return refuse('invalid-visibility', 'Say who may read the message: visibility must be public or internal.');
}

/**
 * @param {unknown} value
 * @param {(email: string) => string | undefined} knownName name of a customer that the desk knows already
 * @returns {Result<Person>} the e-mail address in lower case; a missing name is filled from what the desk knows
 */
export function readRequester(value, knownName) {
  if (!isRecord(value)) return refuse('invalid', 'Requester is missing: give a name and an e-mail address.');
  const email = readText(value.email, { name: 'Requester e-mail', max: LIMITS.email, oneLine: true });
  if (!email.ok) return email;
  if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(email.value)) {
    return refuse('invalid', 'Requester e-mail is not an e-mail address.');
  }
  const address = email.value.toLowerCase();
  if (value.name === undefined || value.name === null || value.name === '') {
    return accept({ name: knownName(address) ?? address.split('@')[0], email: address });
  }
  const name = readText(value.name, { name: 'Requester name', max: LIMITS.name, oneLine: true });
  return name.ok ? accept({ name: name.value, email: address }) : name;
}

/**
 * @param {unknown} value `{ body, visibility }`
 * @returns {Result<{ body: string, visibility: Visibility }>}
 */
export function readMessage(value) {
  if (!isRecord(value)) return refuse('invalid', 'Message must be an object with body and visibility.');
  const visibility = readVisibility(value.visibility);
  if (!visibility.ok) return visibility;
  const body = readText(value.body, { name: 'Message', max: LIMITS.body });
  return body.ok ? accept({ body: body.value, visibility: visibility.value }) : body;
}

/**
 * @param {unknown} value `{ status?, message? }`
 * @returns {Result<{ status?: Status, message?: { body: string, visibility: Visibility } }>} refused when both are missing
 */
export function readChange(value) {
  if (!isRecord(value)) return refuse('invalid', 'Send an object with status, message or both.');
  /** @type {{ status?: Status, message?: { body: string, visibility: Visibility } }} */
  const change = {};
  if (value.status !== undefined) {
    const status = readStatus(value.status);
    if (!status.ok) return status;
    change.status = status.value;
  }
  if (value.message !== undefined) {
    const message = readMessage(value.message);
    if (!message.ok) return message;
    change.message = message.value;
  }
  if (!change.status && !change.message) return refuse('invalid', 'Nothing to do: send a status, a message or both.');
  return accept(change);
}

/** @param {unknown} value `{ body, automatic? }` @returns {Result<{ body: string, automatic: boolean }>} */
export function readReply(value) {
  if (!isRecord(value)) return refuse('invalid', 'Reply must be an object with a body.');
  const { automatic = false } = value;
  if (typeof automatic !== 'boolean') return refuse('invalid', 'automatic must be true or false.');
  const body = readText(value.body, { name: 'Reply', max: LIMITS.body });
  return body.ok ? accept({ body: body.value, automatic }) : body;
}

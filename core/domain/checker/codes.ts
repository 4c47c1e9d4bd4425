import type { Finding } from '../finding';

/** Every kind of error of the checker. Each blocks publishing, and has a case in the test that says so. */
export const ERROR_CODES = [
  // What is broken in itself
  'auto-close-not-done',
  'duplicate-id',
  'duplicate-name',
  'initial-status-category',
  'initial-status-retired',
  'repeat-changes-status',
  'repeat-too-long',
  'rule-must-change',
  'rule-must-send',
  'two-entry-rules',
  'two-reply-rules',
  'unknown-message',
  'unknown-placeholder',
  'unknown-status',
  'unknown-sub-status',
  'unknown-tag',
  // What cannot work
  'automatic-loop',
  'automation-cannot-supply',
  'automation-not-allowed',
  'close-before-reminder',
  'dead-end',
  'initial-needs-choice',
  'no-sub-status-to-choose',
  'no-tag-to-choose',
  'rule-never-applies',
  'timer-never-fires',
  'unreachable-status',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What blocks publishing. */
export function error(
  code: ErrorCode,
  message: string,
  path: Finding['path'],
  example: readonly string[] = [],
): Finding {
  return { severity: 'error', code, message, path, example };
}

/** What works, and is probably not meant so. */
export function warning(
  code: string,
  message: string,
  path: Finding['path'],
  example: readonly string[] = [],
): Finding {
  return { severity: 'warning', code, message, path, example };
}

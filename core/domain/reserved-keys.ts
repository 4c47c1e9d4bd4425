/** Keys that mean something else to JavaScript than to the person who wrote them. */
export const RESERVED_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Answers that go wrong on purpose, so that clients of the desk can be tested against the bad days of a real one. */

import { htmlPage, jsonError } from './http.mjs';
import { accept, refuse } from './input.mjs';
import { loginPage } from './pages.mjs';

/** @typedef {import('./http.mjs').Reply} Reply */
/** @typedef {() => Promise<Reply>} Perform does the real work */

/** @type {Record<string, (perform: Perform) => Reply | Promise<Reply>>} */
const FAULTS = {
  401: () => jsonError(401, 'session-expired', 'Your session has ended. Sign in again.'),
  429: () => jsonError(429, 'too-many-requests', 'Too many requests. Try again in a second.', { 'Retry-After': '1' }),
  500: () => jsonError(500, 'internal', 'Something went wrong on our side.'),
  // What a single sign-on proxy does: success, but of the wrong kind.
  html: () => htmlPage(loginPage({ next: '/tickets' })),
  timeout: () => ({ status: 0, transport: 'hang' }),
  'lost-answer': async (perform) => {
    await perform();
    return { status: 0, transport: 'cut' };
  },
};

const MAX_TIMES = 1000;

/** @param {{ enabled: boolean }} options */
export function createFaults({ enabled }) {
  /** @type {{ next: string, times: number }} */
  let planned = { next: '500', times: 0 };
  return {
    enabled,

    /**
     * @param {Record<string, unknown>} input `{ next, times }`; `times` 0 clears what was planned, missing means 1
     * @returns {import('./input.mjs').Result<{ next: string, times: number }>}
     */
    plan({ next, times = 1 }) {
      if (typeof next !== 'string' || !Object.hasOwn(FAULTS, next)) {
        return refuse('invalid', `next must be one of ${Object.keys(FAULTS).join(', ')}.`);
      }
      if (!Number.isInteger(times) || times < 0 || times > MAX_TIMES) {
        return refuse('invalid', `times must be a whole number from 0 to ${MAX_TIMES}.`);
      }
      planned = { next, times: /** @type {number} */ (times) };
      return accept(planned);
    },

    /**
     * @param {{ write: boolean }} call a lost answer waits for a write: only there is anything done that could be lost
     * @param {Perform} perform
     * @returns {Promise<Reply>}
     */
    async around({ write }, perform) {
      const { next, times } = planned;
      if (times === 0 || (next === 'lost-answer' && !write)) return perform();
      planned = { next, times: times - 1 };
      return FAULTS[next](perform);
    },
  };
}

/** @typedef {ReturnType<typeof createFaults>} Faults */

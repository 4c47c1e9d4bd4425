import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeAsk } from '../../../core/contract/client';

afterEach(() => {
  vi.useRealTimers();
});

describe('makeAsk', () => {
  it('sends name and input, and hands on the answer as it is', async () => {
    const sent: unknown[] = [];
    const refusal = { ok: false, code: 'bad-address', message: 'No.' };
    const ask = makeAsk(async (message) => {
      sent.push(message);
      return refusal;
    });
    expect(await ask('sites.connect', { address: 'x' })).toBe(refusal);
    expect(sent).toEqual([{ name: 'sites.connect', input: { address: 'x' } }]);
  });

  it('gives up on an answer that does not come, in words, and leaves no timer', async () => {
    vi.useFakeTimers();
    const answers: unknown[] = [];
    let late: (value: unknown) => void = () => {};
    const ask = makeAsk(() => new Promise((resolve) => (late = resolve)), 5_000);
    const asked = ask('sites.list', {}).then((answer) => answers.push(answer));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await asked;
    expect(answers).toEqual([{ ok: false, code: 'no-answer', message: expect.stringContaining('did not answer') }]);
    // What comes after all changes nothing.
    late({ ok: true, value: [] });
    await vi.runAllTimersAsync();
    expect(answers).toHaveLength(1);
  });

  it('stops its timer with the answer', async () => {
    vi.useFakeTimers();
    expect(await makeAsk(async () => ({ ok: true, value: [] }))('sites.list', {})).toEqual({ ok: true, value: [] });
    expect(vi.getTimerCount()).toBe(0);
    await makeAsk(() => Promise.reject(new Error('x')))('sites.list', {});
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['Extension context invalidated.', 'orphaned'],
    ['Could not establish connection. Receiving end does not exist.', 'orphaned'],
    ['The message port closed before a response was received.', 'no-answer'],
    ['anything else', 'no-answer'],
  ])('"%s" becomes %s', async (message, code) => {
    const refusal = { ok: false, code, message: expect.stringMatching(/\.$/) };
    expect(await makeAsk(() => Promise.reject(new Error(message)))('sites.list', {})).toEqual(refusal);
    const throwing = makeAsk(() => {
      throw new Error(message);
    });
    expect(await throwing('sites.list', {})).toEqual(refusal);
    // Some browsers reject with plain text.
    expect(await makeAsk(() => Promise.reject(message))('sites.list', {})).toEqual(refusal);
  });

  it.each([undefined, null])('no answer (%s) is a refusal too', async (nothing) => {
    expect(await makeAsk(async () => nothing)('sites.list', {})).toMatchObject({ ok: false, code: 'no-answer' });
  });
});

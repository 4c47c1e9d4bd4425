import { pageWords } from '../words/page';
import type { Answer, RequestInput, RequestName, RequestOutput } from './messages';

/** Sends a request to the background; never rejects. */
export type Ask = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<Answer<RequestOutput<N>>>;

/**
 * Makes an `Ask` over a way to send. A background that does not answer in time, or is gone, becomes a refusal in words.
 * @param timeoutMs how long one answer may take
 */
export function makeAsk(send: (message: unknown) => Promise<unknown>, timeoutMs = 20_000): Ask {
  const noAnswer = () => refuse('no-answer', pageWords.noAnswer);
  return async (name, input) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<Answer<never>>((resolve) => {
      timer = setTimeout(() => resolve(noAnswer()), timeoutMs);
    });
    try {
      // The background is ours and typed by the same table; what it answers needs no second parse.
      const answer = (await Promise.race([send({ name, input }), late])) as
        | Answer<RequestOutput<typeof name>>
        | undefined;
      return answer ?? noAnswer();
    } catch (error) {
      // Chromium's words and Firefox's, and those of an orphaned script whose `runtime` is gone.
      const gone = /context invalidated|receiving end|'sendMessage'|runtime is undefined/i.test(String(error));
      return gone ? refuse('orphaned', pageWords.orphaned) : noAnswer();
    } finally {
      clearTimeout(timer);
    }
  };
}

function refuse(code: string, message: string): Answer<never> {
  return { ok: false, code, message };
}

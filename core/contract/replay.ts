import type { Answer, RequestInput } from './messages';
import type { ReplayView } from './views';

/** What the options page asks one of its workers. */
export interface ReplayRequest {
  id: number;
  /** A tag, of the words in the answer. */
  language: string;
  input: RequestInput<'drafts.replay'>;
}

export interface ReplayReply {
  id: number;
  answer: Answer<ReplayView>;
}

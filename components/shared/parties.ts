import type { Category, Party } from '../../core/domain/template';

export const partyWords: Record<Party, string> = {
  us: 'us',
  customer: 'the customer',
  'third-party': 'a third party',
  nobody: 'nobody',
};

export const categoryWords: Record<Category, string> = {
  initial: 'initial',
  active: 'active',
  waiting: 'waiting',
  done: 'done',
};

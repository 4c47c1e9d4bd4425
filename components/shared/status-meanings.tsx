import type { StatusChoice } from '../../core/contract/views';
import { sharedWords } from '../../core/words/shared';
import { Chip } from './chip';
import { Dot } from './dot';

/** One status in words: for agents, for customers, who it waits for, and the same of its sub-statuses. */
export function StatusMeanings({ status, current }: { status: StatusChoice; current: boolean }) {
  return (
    <article class={current ? 'meanings here' : 'meanings'}>
      <h3>
        <Dot face={status} />
        <b>{status.name}</b>
        {current && <Chip tone={status}>{sharedWords.now}</Chip>}
        <span class="waits">
          {status.subStatusRequired
            ? sharedWords.bySubStatus
            : sharedWords.waitsFor(sharedWords.parties[status.waitsFor])}
        </span>
      </h3>
      <Words meaning={status.meaning} />
      {status.subStatuses.length > 0 && (
        <ul class="sub-meanings">
          {status.subStatuses.map((sub) => (
            <li key={sub.id}>
              <h4>
                <b>{sub.name}</b>
                <span class="waits">{sharedWords.waitsFor(sharedWords.parties[sub.waitsFor])}</span>
              </h4>
              <Words meaning={sub.meaning} />
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

/** What a status means, as far as it says so. */
export function Words({ meaning }: { meaning: { agent: string; customer: string } }) {
  if (!meaning.agent && !meaning.customer) return null;
  return (
    <dl class="words">
      {meaning.agent && <dt>{sharedWords.forUs}</dt>}
      {meaning.agent && <dd>{meaning.agent}</dd>}
      {meaning.customer && <dt>{sharedWords.forCustomer}</dt>}
      {meaning.customer && <dd>{meaning.customer}</dd>}
    </dl>
  );
}

import type { StatusChoice } from '../../core/contract/views';
import { Chip } from './chip';
import { Dot } from './dot';
import { partyWords } from './parties';

/** One status in words: for agents, for customers, who it waits for, and the same of its sub-statuses. */
export function StatusMeanings({ status, current }: { status: StatusChoice; current: boolean }) {
  return (
    <article class={current ? 'meanings here' : 'meanings'}>
      <h3>
        <Dot face={status} />
        <b>{status.name}</b>
        {current && <Chip tone={status}>now</Chip>}
        <span class="waits">
          {status.subStatusRequired ? 'depends on the sub-status' : `waits for ${partyWords[status.waitsFor]}`}
        </span>
      </h3>
      <Words meaning={status.meaning} />
      {status.subStatuses.length > 0 && (
        <ul class="sub-meanings">
          {status.subStatuses.map((sub) => (
            <li key={sub.id}>
              <h4>
                <b>{sub.name}</b>
                <span class="waits">waits for {partyWords[sub.waitsFor]}</span>
              </h4>
              <Words meaning={sub.meaning} />
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

export function Words({ meaning }: { meaning: { agent: string; customer: string } }) {
  return (
    <dl class="words">
      <dt>For us</dt>
      <dd>{meaning.agent}</dd>
      <dt>Customer</dt>
      <dd>{meaning.customer}</dd>
    </dl>
  );
}

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { CaseView, NextItem } from '../../core/contract/views';
import { Chip } from '../shared/chip';
import { BellIcon, CloseCaseIcon, MailIcon, ReplyIcon, SendIcon, SwapIcon } from '../shared/icons';
import { dateTimeWords, dueWords } from '../shared/time';
import type { PanelState } from './state';
import { Timeline } from './timeline';

const icons = {
  reminder: BellIcon,
  'auto-close': CloseCaseIcon,
  change: SwapIcon,
  notice: MailIcon,
  'remind-me': BellIcon,
  reply: ReplyIcon,
  sending: SendIcon,
} as const;

/** What happens next and when, with the proof behind each date. */
export function NextList({ state, view }: { state: PanelState; view: CaseView }) {
  const id = useId();
  if (view.next.length === 0 && !view.tracked) return null;
  return (
    <div class="section">
      <h2 class="eyebrow" id={id}>
        What happens next
      </h2>
      {view.next.length === 0 ? (
        <p class="muted">Nothing happens by itself.</p>
      ) : (
        <>
          <Timeline view={view} now={state.now.value} />
          <ul class="next" aria-labelledby={id}>
            {view.next.map((item) => (
              <Next key={`${item.kind} ${item.text} ${item.dueAt}`} item={item} now={state.now.value} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Next({ item, now }: { item: NextItem; now: number }) {
  const id = useId();
  const open = useSignal(false);
  const ItemIcon = icons[item.kind];
  return (
    <li class={item.held ? 'next-item held' : 'next-item'}>
      <ItemIcon />
      <span>
        {item.text} {item.held && <Chip tone="waiting">held</Chip>}
      </span>
      <span class="next-when">
        {item.dueAt === null ? (
          'at once'
        ) : (
          <time dateTime={new Date(item.dueAt).toISOString()} title={dateTimeWords(item.dueAt, now)}>
            {dueWords(item.dueAt, now)}
          </time>
        )}
        {item.proof && (
          <button
            type="button"
            class="text-button"
            aria-expanded={open.value}
            aria-controls={id}
            aria-label={`why? ${item.text}`}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            why?
          </button>
        )}
      </span>
      {item.proof && (
        <p class="proof" id={id} hidden={!open.value}>
          {item.dueAt !== null && <b>{dateTimeWords(item.dueAt, now)}. </b>}
          {item.proof}
        </p>
      )}
    </li>
  );
}

import { useSignal } from '@preact/signals';
import type { Ref } from 'preact';
import { useId } from 'preact/hooks';
import type { CaseView, NextItem } from '../../core/contract/views';
import { panelWords } from '../../core/words/panel';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { BellIcon, CloseCaseIcon, MailIcon, ReplyIcon, SendIcon, SwapIcon } from '../shared/icons';
import { dateTimeWords, dueWords } from '../shared/time';
import { trusted } from '../shared/trusted';
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

/** The timers that a person may move to a later moment. */
export function snoozable(view: CaseView): (NextItem & { timerId: string; dueAt: number })[] {
  return view.next.flatMap((item) =>
    item.timerId !== null && item.dueAt !== null && !item.held
      ? { ...item, timerId: item.timerId, dueAt: item.dueAt }
      : [],
  );
}

interface NextListProps {
  state: PanelState;
  view: CaseView;
  openers: Record<'snooze' | 'remind-me', Ref<HTMLButtonElement>>;
}

/** What happens next and when, with the proof behind each date. */
export function NextList({ state, view, openers }: NextListProps) {
  const id = useId();
  return (
    <div class="section">
      <h2 class="eyebrow" id={id}>
        {panelWords.next}
      </h2>
      {view.next.length === 0 ? (
        <p class="muted">{panelWords.nothingNext}</p>
      ) : (
        <>
          <Timeline view={view} now={state.now.value} />
          <ul class="next" aria-labelledby={id}>
            {view.next.map((item) => (
              <Next key={`${item.kind} ${item.text} ${item.dueAt}`} item={item} state={state} />
            ))}
          </ul>
        </>
      )}
      <div class="next-actions">
        {snoozable(view).length > 0 && (
          <Button kind="ghost" low buttonRef={openers.snooze} onPress={() => state.show('snooze')}>
            {panelWords.snooze}
          </Button>
        )}
        <Button kind="ghost" low buttonRef={openers['remind-me']} onPress={() => state.show('remind-me')}>
          {panelWords.remindMe}
        </Button>
      </div>
    </div>
  );
}

function Next({ item, state }: { item: NextItem; state: PanelState }) {
  const id = useId();
  const now = state.now.value;
  const { timerId } = item;
  const open = useSignal(false);
  const ItemIcon = icons[item.kind];
  return (
    <li class={item.held ? 'next-item held' : 'next-item'}>
      <ItemIcon />
      <span>
        {item.text} {item.held && <Chip tone="waiting">{panelWords.held}</Chip>}
      </span>
      <span class="next-when">
        {item.dueAt === null ? (
          panelWords.atOnce
        ) : (
          <time dateTime={new Date(item.dueAt).toISOString()} title={dateTimeWords(item.dueAt, now)}>
            {dueWords(item.dueAt, now)}
          </time>
        )}
        {item.kind === 'remind-me' && timerId !== null && (
          <button
            type="button"
            class="text-button"
            aria-label={`${panelWords.drop} ${item.text}`}
            onClick={trusted(() => state.dropRemindMe(timerId))}
          >
            {panelWords.drop}
          </button>
        )}
        {item.proof && (
          <button
            type="button"
            class="text-button"
            aria-expanded={open.value}
            aria-controls={id}
            aria-label={`${panelWords.why} ${item.text}`}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            {panelWords.why}
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

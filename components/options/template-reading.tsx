import type { StatusChoice, TemplateReading } from '../../core/contract/views';
import { templatesWords } from '../../core/words/options-templates';
import { sharedWords } from '../../core/words/shared';
import { Chip } from '../shared/chip';
import { Dot } from '../shared/dot';
import { BellIcon, ChevronIcon, CloseCaseIcon, MailIcon, ReplyIcon, SwapIcon } from '../shared/icons';
import { Words } from '../shared/status-meanings';

const timerIcons = {
  reminder: BellIcon,
  'auto-close': CloseCaseIcon,
  change: SwapIcon,
  notice: MailIcon,
  'remind-me': BellIcon,
} as const;

/** Every status of a template, and what it means. */
export function StatusesOf({ template }: { template: TemplateReading }) {
  return (
    <ul class="panel-card rows" aria-label={templatesWords.statusesOf(template.name)}>
      {template.statuses.map((status) => (
        <Status key={status.id} status={status} />
      ))}
    </ul>
  );
}

/** What happens by itself: timers and replies. */
export function Automatic({ template }: { template: TemplateReading }) {
  return (
    <section class="panel-card facts">
      <h3>{templatesWords.automatic}</h3>
      {template.timers.length + template.replies.length === 0 && <p class="muted">{templatesWords.nothingAutomatic}</p>}
      <ul>
        {template.timers.map((timer) => {
          const TimerIcon = timerIcons[timer.kind];
          return (
            <li key={timer.text}>
              <TimerIcon />
              {timer.text}
            </li>
          );
        })}
        {template.replies.map((reply) => (
          <li key={reply}>
            <ReplyIcon />
            {reply}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Its messages, to be unfolded. */
export function MessagesOf({ template }: { template: TemplateReading }) {
  if (template.messages.length === 0) return null;
  return (
    <section class="panel-card facts">
      <h3>{templatesWords.messages}</h3>
      {template.messages.map((message) => (
        <details class="letter" key={message.id}>
          <summary>
            <span class="turn">
              <ChevronIcon />
            </span>
            {message.name}
          </summary>
          <p>{message.body}</p>
        </details>
      ))}
    </section>
  );
}

function Status({ status }: { status: StatusChoice }) {
  return (
    <li class="row">
      <Dot face={status} />
      <div class="row-main">
        <h3>
          {status.name}{' '}
          <span class="muted small">
            {status.subStatusRequired
              ? templatesWords.waitsBySubStatus
              : sharedWords.waitsFor(sharedWords.parties[status.waitsFor])}
          </span>
        </h3>
        <Words meaning={status.meaning} />
        {status.subStatuses.length > 0 && (
          <div class="subs">
            <h4 class="eyebrow">
              {templatesWords.subStatuses}{' '}
              {status.subStatusRequired && <span class="field-required">{sharedWords.required}</span>}
            </h4>
            <ul>
              {status.subStatuses.map((sub) => (
                <li key={sub.id}>
                  <p>
                    <b>{sub.name}</b>{' '}
                    <span class="muted small">{sharedWords.waitsFor(sharedWords.parties[sub.waitsFor])}</span>
                  </p>
                  <Words meaning={sub.meaning} />
                </li>
              ))}
            </ul>
          </div>
        )}
        {status.tags.length > 0 && (
          <p class="tags">
            <span class="eyebrow">
              {templatesWords.reasons}{' '}
              {status.tagRequired && <span class="field-required">{sharedWords.required}</span>}
            </span>
            {status.tags.map((tag) => (
              <Chip key={tag.id}>{tag.name}</Chip>
            ))}
          </p>
        )}
      </div>
      <Chip tone={status}>{sharedWords.categories[status.category]}</Chip>
    </li>
  );
}

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { ChangePreview } from '../../core/contract/views';
import { listed } from '../../core/words/language';
import { panelWords } from '../../core/words/panel';
import { FieldError } from '../shared/field-error';
import { BellIcon, CloseCaseIcon, MailIcon, SwapIcon } from '../shared/icons';
import { dateTimeWords } from '../shared/time';

const icons = {
  message: MailIcon,
  native: SwapIcon,
  reminder: BellIcon,
  'auto-close': CloseCaseIcon,
  change: SwapIcon,
  notice: MailIcon,
  'remind-me': BellIcon,
} as const;

interface ThisWillProps {
  preview: ChangePreview | null;
  problem: string | null;
  /** The fields without which there is nothing to foresee. */
  waitingFor: (keyof typeof panelWords.fields)[];
  now: number;
}

/** What Update will do, before it is pressed: the background's real decision, not a guess. */
export function ThisWill({ preview, problem, waitingFor, now }: ThisWillProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls; this groups what follows from them
    <div class="will" role="group" aria-labelledby={id}>
      <h3 id={id}>{panelWords.thisWill}</h3>
      {waitingFor.length > 0 ? (
        <p class="muted small">{panelWords.chooseToSee(listed(waitingFor.map((field) => panelWords.fields[field])))}</p>
      ) : problem ? (
        <p class="muted small">{problem}</p>
      ) : preview === null ? (
        <p class="muted small">{panelWords.lookingAhead}</p>
      ) : preview.refused ? (
        <FieldError>{preview.refused}</FieldError>
      ) : preview.lines.length === 0 ? (
        <p class="muted small">{panelWords.onlyHere}</p>
      ) : (
        <ul>
          {preview.lines.map((line) => (
            <Line key={`${line.kind} ${line.text}`} line={line} now={now} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ line, now }: { line: ChangePreview['lines'][number]; now: number }) {
  const id = useId();
  const open = useSignal(false);
  const LineIcon = icons[line.kind];
  return (
    <li>
      <LineIcon />
      <div>
        {line.text}
        {line.dueAt !== null && (
          <>
            {': '}
            <time class="will-date" dateTime={new Date(line.dueAt).toISOString()}>
              {dateTimeWords(line.dueAt, now)}
            </time>
          </>
        )}{' '}
        {line.body !== null && (
          <button
            type="button"
            class="text-button"
            aria-expanded={open.value}
            aria-controls={id}
            aria-label={`${panelWords.preview}: ${line.text}`}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            {panelWords.preview}
          </button>
        )}
        {line.body !== null && (
          <p class="message-body" id={id} hidden={!open.value}>
            {line.body}
          </p>
        )}
      </div>
    </li>
  );
}

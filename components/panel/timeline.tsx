import type { CaseView } from '../../core/contract/views';
import { timeWords } from '../../core/words/time';
import { lookOf } from '../shared/face';
import { tickWords } from '../shared/time';

const TRACK_PX = 312;
const LETTER_PX = 6;

interface Label {
  /** Per cent of the track. */
  at: number;
  text: string;
}

/** The dates as a line from the entry into the status to the last of them. The list beside it says the same in words. */
export function Timeline({ view, now }: { view: CaseView; now: number }) {
  const due = view.next.flatMap((item) => (item.dueAt === null ? [] : [{ at: item.dueAt, held: item.held }]));
  const start = view.enteredAt;
  if (start === null || due.length === 0) return null;
  const end = Math.max(now, ...due.map((item) => item.at));
  const span = Math.max(1, end - start);
  const percent = (at: number) => 2 + 96 * Math.min(1, Math.max(0, (at - start) / span));
  const here = percent(now);
  const look = lookOf(view.status);
  const labels = withoutOverlap([
    { at: here, text: span < 2 * 86_400_000 ? timeWords.now : timeWords.today },
    ...due.map((item) => ({ at: percent(item.at), text: tickWords(item.at, span, now) })).sort((a, b) => b.at - a.at),
  ]);
  return (
    <div class={`track ${look.class}`} style={look.style} aria-hidden="true">
      <span class="track-bar" />
      <span class="track-gone" style={{ width: `${here}%` }} />
      {due.map((item) => (
        <i key={item.at} class={item.held ? 'held' : ''} style={{ insetInlineStart: `${percent(item.at)}%` }} />
      ))}
      <i class="now" style={{ insetInlineStart: `${here}%` }} />
      {labels.map((label) => (
        <span key={label.at} class="track-label" style={{ insetInlineStart: `${label.at}%` }}>
          {label.text}
        </span>
      ))}
    </div>
  );
}

/** Keeps each label inside the track and drops those that would lie on an earlier one. */
function withoutOverlap(labels: Label[]): Label[] {
  const kept: (Label & { half: number })[] = [];
  for (const label of labels) {
    const half = ((label.text.length * LETTER_PX) / 2 / TRACK_PX) * 100;
    const at = Math.min(100 - half, Math.max(half, label.at));
    if (kept.every((other) => Math.abs(other.at - at) > other.half + half + 2))
      kept.push({ at, text: label.text, half });
  }
  return kept;
}

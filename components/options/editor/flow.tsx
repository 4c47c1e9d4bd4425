import { statusColours } from '../../../core/domain/colour';
import { waitWords } from '../../../core/domain/duration';
import type { CaseTemplate, Category, Status } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { CATEGORIES, lookOf } from '../../shared/face';
import { positionWords } from './fields';
import { TransitionMatrix } from './matrix';
import type { EditorState } from './state';

const BOX = { width: 148, height: 44 };
const GAP = { x: 62, y: 34 };
const MARGIN = 16;

/** Something that leads from one status to another by itself. */
export interface Arrow {
  from: string;
  to: string;
  kind: 'timer' | 'reply';
  /** "14 days", or that the customer answers. */
  why: string;
  /** The same as a sentence. */
  words: string;
}

/** What leads from status to status without a person: timers that change it, and replies. */
export function arrowsOf(template: CaseTemplate): Arrow[] {
  const timers = template.timers.flatMap(({ when, does, after }): Arrow[] =>
    does.type === 'change'
      ? [
          {
            from: when.statusId,
            to: does.to.statusId,
            kind: 'timer',
            why: waitWords(after),
            words: editorWords.flowTimer(
              waitWords(after),
              positionWords(template, when),
              positionWords(template, does.to),
            ),
          },
        ]
      : [],
  );
  const replies = template.replies.map(
    ({ when, to }): Arrow => ({
      from: when.statusId,
      to: to.statusId,
      kind: 'reply',
      why: editorWords.flowAnswer,
      words: editorWords.flowReply(positionWords(template, when), positionWords(template, to)),
    }),
  );
  return [...timers, ...replies];
}

/** The statuses by category, and what leads from one to another by itself. The list below says the same in words. */
export function Flow({ state }: { state: EditorState }) {
  const template = state.template.value;
  const statuses = template.statuses.filter(({ retired }) => !retired);
  const places = placesOf(statuses);
  const arrows = arrowsOf(template).filter(({ from, to }) => places.has(from) && places.has(to));
  const rows = Math.max(1, ...[...places.values()].map(({ row }) => row + 1));
  const columns = 1 + Math.max(0, ...[...places.values()].map(({ column }) => column));
  const width = 2 * MARGIN + columns * BOX.width + (columns - 1) * GAP.x;
  const height = 2 * MARGIN + rows * BOX.height + (rows - 1) * GAP.y;
  return (
    <>
      <p class="muted">{editorWords.aboutFlow}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where there is little room it is scrolled, by keys as well */}
      <section class="panel-card flow" aria-label={editorWords.flowPicture} tabIndex={0}>
        <svg
          style={{ maxWidth: `${width}px` }}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={editorWords.tabs.flow}
        >
          <defs>
            <marker id="flow-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0 8 4 0 8z" fill="context-stroke" />
            </marker>
          </defs>
          {arrows.map((arrow, index) => {
            const from = places.get(arrow.from);
            const to = places.get(arrow.to);
            return from && to ? (
              <Line key={`${arrow.words}`} arrow={arrow} from={from} to={to} shift={(index % 3) - 1} />
            ) : null;
          })}
          {statuses.map((status) => {
            const place = places.get(status.id);
            return place ? (
              <Box key={status.id} status={status} place={place} starts={status.id === template.initialStatusId} />
            ) : null;
          })}
        </svg>
      </section>
      {arrows.length === 0 ? (
        <p class="muted">{editorWords.flowByPeople}</p>
      ) : (
        <ul class="changes" aria-label={editorWords.flowInWords}>
          {arrows.map(({ words }) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <TransitionMatrix state={state} />
    </>
  );
}

interface Place {
  column: number;
  row: number;
}

/** A column for each category that is used, in the order of the statuses. */
function placesOf(statuses: readonly Status[]): Map<string, Place> {
  const used = CATEGORIES.filter((category) => statuses.some((status) => status.category === category));
  const rows = new Map<Category, number>();
  return new Map(
    statuses.map(({ id, category }): [string, Place] => {
      const row = rows.get(category) ?? 0;
      rows.set(category, row + 1);
      return [id, { column: used.indexOf(category), row }];
    }),
  );
}

const leftOf = ({ column }: Place) => MARGIN + column * (BOX.width + GAP.x);
const topOf = ({ row }: Place) => MARGIN + row * (BOX.height + GAP.y);

function Box({ status, place, starts }: { status: Status; place: Place; starts: boolean }) {
  const look = lookOf({
    category: status.category,
    ...(status.colour ? { colours: statusColours(status.colour) } : {}),
  });
  return (
    <g class={`flow-box ${look.class}`} style={look.style}>
      <rect x={leftOf(place)} y={topOf(place)} width={BOX.width} height={BOX.height} rx="10" />
      <circle cx={leftOf(place) + 18} cy={topOf(place) + BOX.height / 2} r="5" />
      <text x={leftOf(place) + 32} y={topOf(place) + BOX.height / 2 + 4} class={starts ? 'starts' : ''}>
        {shortened(status.name)}
      </text>
      <title>{starts ? `${status.name}: ${editorWords.startsHere}` : status.name}</title>
    </g>
  );
}

const LETTERS = 16;
const shortened = (name: string) => (name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name);

function Line({ arrow, from, to, shift }: { arrow: Arrow; from: Place; to: Place; shift: number }) {
  const forward = to.column > from.column;
  const same = to.column === from.column;
  const x1 = leftOf(from) + (forward || same ? BOX.width : 0);
  const x2 = leftOf(to) + (forward ? 0 : BOX.width);
  const y1 = topOf(from) + BOX.height / 2 + shift * 9;
  const y2 = topOf(to) + BOX.height / 2 + shift * 9;
  const bow = same ? 44 : (forward ? 1 : -1) * (GAP.x / 2 + Math.abs(x2 - x1) * 0.18);
  const path = `M${x1} ${y1} C${x1 + bow} ${y1} ${x2 + (same ? bow : -bow)} ${y2} ${x2} ${y2}`;
  // The middle of the curve.
  const x = (x1 + x2) / 2 + (same ? bow * 0.75 : 0);
  const y = (y1 + y2) / 2;
  return (
    <g class={`flow-line ${arrow.kind}`}>
      <path d={path} marker-end="url(#flow-head)" />
      <text x={x} y={y - 4} text-anchor="middle">
        {arrow.why}
      </text>
      <title>{arrow.words}</title>
    </g>
  );
}

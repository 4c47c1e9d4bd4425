import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { ExampleView, SiteView, StatusChoice } from '../../core/contract/views';
import { setupWords } from '../../core/words/options-setup';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { CATEGORIES, lookOf } from '../shared/face';
import { FieldError } from '../shared/field-error';
import { NoSiteYet } from './setup-none';

/** For trying out, on the Sites page. */
const FAST_CLOCK = 'support-fast-clock';
/** No template has this id: ids begin with a letter or a digit. */
const OWN = '-own';

interface Offer extends ExampleView {
  /** Not here yet: it is added when it is chosen. */
  example: boolean;
  archived: boolean;
}

interface SetUpTemplateProps {
  ask: Ask;
  /** The connected help desks; the last one is meant as long as nobody says otherwise. */
  sites: readonly SiteView[];
  /** Whether templates may be added in this browser. */
  mayAdd: boolean;
  frame: (title: string, body: ComponentChildren, primary: ComponentChildren) => ComponentChildren;
  onProblem: (words: string | null) => void;
  /** The templates could not be read. */
  onUnread: (words: string) => void;
  onConnectFirst: () => void;
  onChosen: (site: SiteView) => void;
}

/** The second step: one of the templates, or of the example flows, for a help desk. */
export function SetUpTemplate(props: SetUpTemplateProps) {
  const { ask, sites, mayAdd, frame, onProblem, onUnread, onConnectFirst, onChosen } = props;
  const id = useId();
  const all = useSignal<Offer[]>([]);
  const chosen = useSignal<string | null>(null);
  const siteId = useSignal<string | null>(null);
  const busy = useSignal(false);
  const name = useSignal('');
  const nameProblem = useSignal<string | null>(null);
  const nameRef = useRef<HTMLInputElement>(null);
  const site = sites.find((one) => one.siteId === siteId.value) ?? sites.at(-1);

  useEffect(() => {
    Promise.all([ask('templates.list', {}), mayAdd ? ask('templates.examples', {}) : null]).then(([here, examples]) => {
      if (!here.ok) return onUnread(here.message);
      all.value = [
        ...here.value.map((one) => ({ ...one, example: false })),
        ...(examples?.ok ? examples.value.map((one) => ({ ...one, example: true, archived: false })) : []),
      ];
    });
  }, [mayAdd]);

  // By keys, whoever passes the choice on the way to the next stays among the choices.
  const byPointer = useRef(false);
  const pointed = () => {
    byPointer.current = true;
  };

  if (!site) return <>{frame(setupWords.templateTitleOfNone, <NoSiteYet onConnectFirst={onConnectFirst} />, null)}</>;

  const wanted = chosen.value ?? site.templateId;
  // What the help desk has can be kept, whatever it is.
  const offers = all.value.filter((one) => one.id === site.templateId || (one.id !== FAST_CLOCK && !one.archived));
  const offer = offers.find((one) => one.id === wanted);
  /** A draft of their own; it is chosen for the help desk once it is published. */
  const begin = async () => {
    if (name.value.trim() === '') {
      nameProblem.value = setupWords.nameFirst;
      nameRef.current?.focus();
      return;
    }
    busy.value = true;
    const made = await ask('drafts.create', { name: name.value.trim(), from: null });
    if (!made.ok) {
      busy.value = false;
      return onProblem(made.message);
    }
    await ask('setup.set', { step: 'panel' });
    location.hash = `#templates/${made.value.id}`;
  };
  const use = async () => {
    // Enter in the name comes by here as well.
    if (busy.peek()) return;
    if (wanted === OWN) return begin();
    if (!offer) return;
    busy.value = true;
    onProblem(null);
    const added = offer.example ? await ask('templates.add-example', { templateId: offer.id }) : null;
    const answer =
      added && !added.ok ? added : await ask('sites.set-template', { siteId: site.siteId, templateId: offer.id });
    busy.value = false;
    if (!answer.ok) onProblem(answer.message);
    else if ('siteId' in answer.value) onChosen(answer.value);
  };

  return (
    <>
      {frame(
        setupWords.templateTitle(site.name),
        <>
          {sites.length > 1 && (
            <div class="field setup-for">
              <label for={id}>{setupWords.forSite}</label>
              <select
                id={id}
                class="input"
                value={site.siteId}
                onChange={(event) => {
                  siteId.value = event.currentTarget.value;
                  chosen.value = null;
                }}
              >
                {sites.map((one) => (
                  <option key={one.siteId} value={one.siteId}>
                    {one.name}
                  </option>
                ))}
              </select>
            </div>
          )}
          <fieldset class="setup-templates">
            <legend class="visually-hidden">{setupWords.templates}</legend>
            {offers.map((offer) => (
              <label key={offer.id} class="panel-card setup-template">
                <input
                  type="radio"
                  name="template"
                  value={offer.id}
                  checked={offer.id === wanted}
                  aria-labelledby={`${id}-${offer.id}`}
                  aria-describedby={`${id}-${offer.id}-about`}
                  onChange={() => {
                    chosen.value = offer.id;
                  }}
                />
                <span class="setup-template-words">
                  <span class="setup-template-name">
                    <b id={`${id}-${offer.id}`}>{offer.name}</b> {offer.example && <Chip>{setupWords.example}</Chip>}
                    {offer.id === site.templateId && <Chip tone="done">{setupWords.inUse}</Chip>}
                  </span>
                  <span class="muted" id={`${id}-${offer.id}-about`}>
                    {offer.summary}
                  </span>
                  <span class="muted small">{offer.statuses.map(({ name }) => name).join(' · ')}</span>
                </span>
                <FlowPicture statuses={offer.statuses} />
              </label>
            ))}
            {mayAdd && (
              <div class="panel-card setup-template setup-own">
                <input
                  type="radio"
                  name="template"
                  value={OWN}
                  id={`${id}-own`}
                  checked={wanted === OWN}
                  aria-describedby={`${id}-own-about`}
                  onChange={() => {
                    chosen.value = OWN;
                    if (byPointer.current) requestAnimationFrame(() => nameRef.current?.focus());
                    byPointer.current = false;
                  }}
                />
                <span class="setup-template-words">
                  <label class="setup-template-name" for={`${id}-own`} onPointerDown={pointed}>
                    <b>{setupWords.own}</b>
                  </label>
                  <span class="muted" id={`${id}-own-about`}>
                    {setupWords.aboutOwn}
                  </span>
                  {wanted === OWN && (
                    <span class="field setup-own-name">
                      <label for={`${id}-name`}>{setupWords.nameOfOwn}</label>
                      <input
                        id={`${id}-name`}
                        class="input"
                        maxLength={120}
                        ref={nameRef}
                        value={name.value}
                        aria-invalid={nameProblem.value ? 'true' : undefined}
                        aria-describedby={nameProblem.value ? `${id}-problem` : undefined}
                        onInput={(event) => {
                          name.value = event.currentTarget.value;
                          nameProblem.value = null;
                        }}
                        onKeyDown={(event) => {
                          if (event.key === 'Enter' && !event.isComposing) use();
                        }}
                      />
                      <FieldError id={`${id}-problem`} alert>
                        {nameProblem.value}
                      </FieldError>
                    </span>
                  )}
                </span>
              </div>
            )}
          </fieldset>
        </>,
        <Button kind="primary" busy={busy.value} off={!offer && wanted !== OWN} onPress={use}>
          {setupWords.next}
        </Button>,
      )}
    </>
  );
}

const BAR = { width: 26, height: 8 };
const GAP = { x: 14, y: 5 };

/** The statuses as bars, a column for each category: what a template is like, at a glance. The names stand beside it. */
function FlowPicture({ statuses }: { statuses: readonly StatusChoice[] }) {
  const columns = CATEGORIES.map((category) => statuses.filter((status) => status.category === category)).filter(
    (column) => column.length > 0,
  );
  const rows = Math.max(...columns.map((column) => column.length));
  const width = columns.length * BAR.width + (columns.length - 1) * GAP.x;
  const height = rows * BAR.height + (rows - 1) * GAP.y;
  const left = (column: number) => column * (BAR.width + GAP.x);
  // Each column stands in the middle.
  const top = (column: number, row: number) => {
    const own = (columns[column]?.length ?? 0) * (BAR.height + GAP.y) - GAP.y;
    return (height - own) / 2 + row * (BAR.height + GAP.y);
  };
  const middle = height / 2;
  return (
    <svg
      class="setup-flow"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      {columns.slice(1).map((column, index) => (
        <path
          key={column[0]?.id}
          d={`M${left(index) + BAR.width + 3} ${middle}h${GAP.x - 7}m-3 -3 3 3 -3 3`}
          class="setup-flow-line"
        />
      ))}
      {columns.map((column, at) =>
        column.map((status, row) => {
          const look = lookOf(status);
          return (
            <rect
              key={status.id}
              class={look.class}
              style={look.style}
              x={left(at)}
              y={top(at, row)}
              width={BAR.width}
              height={BAR.height}
              rx="4"
              fill="currentColor"
            />
          );
        }),
      )}
    </svg>
  );
}

import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { CaseView } from '../../core/contract/views';
import { panelWords } from '../../core/words/panel';
import { sharedWords } from '../../core/words/shared';
import { Combobox, type ComboboxOption } from '../shared/combobox';
import { useAppearing } from './appear';
import { snoozable } from './next-list';
import { offeredIn } from './offered';
import type { PanelState } from './state';

interface Command extends ComboboxOption {
  run(): void;
}

/** All that can be done with the case now, the most likely first. */
function commandsOf(state: PanelState, view: CaseView): Command[] {
  const command = (id: string, name: string, run: () => void, detail: string | null = null): Command => ({
    id,
    name,
    detail,
    face: null,
    disabled: false,
    run,
  });
  const offered = offeredIn(view);
  const changes = offered
    .filter(({ allowed }) => allowed)
    .flatMap((status): Command[] => {
      const to = (id: string, name: string, waitsFor: typeof status.waitsFor, subStatusId: string | null): Command => ({
        ...command(`change ${id}`, panelWords.changeTo(name), () =>
          state.startChange({ statusId: status.id, subStatusId }),
        ),
        detail: panelWords.waitsFor(sharedWords.parties[waitsFor]),
        face: status,
      });
      const subs = status.subStatuses.map((sub) =>
        to(`${status.id}/${sub.id}`, `${status.name} – ${sub.name}`, sub.waitsFor, sub.id),
      );
      return status.subStatusRequired ? subs : [to(status.id, status.name, status.waitsFor, null), ...subs];
    });
  const current = offered.find(({ id }) => id === view.status.id);
  const here = { statusId: view.status.id, subStatusId: view.subStatus?.id ?? null, tagId: view.tag?.id ?? null };
  const held = view.hold || view.waitsForPerson;
  return [
    ...(view.undo ? [command('undo', panelWords.undo, () => state.perform('undo'), view.undo.text)] : []),
    ...changes,
    ...(current && current.subStatuses.length > 0
      ? [command('sub-status', panelWords.changeSubStatus, () => state.startChange({ ...here, ask: 'sub-status' }))]
      : []),
    ...(current && current.tags.length > 0
      ? [command('tag', panelWords.changeReason, () => state.startChange({ ...here, ask: 'tag' }))]
      : []),
    ...(view.tracked && (held || view.status.category !== 'done')
      ? [
          command(
            'hold',
            held ? panelWords.releaseHold : panelWords.hold,
            () => state.perform('hold'),
            held ? null : panelWords.nothingCloses,
          ),
        ]
      : []),
    ...(snoozable(view).length > 0 ? [command('snooze', panelWords.snooze, () => state.go('snooze'))] : []),
    command('remind-me', panelWords.remindMe, () => state.go('remind-me')),
    ...(view.history.length > 0 ? [command('history', panelWords.openHistory, () => state.perform('history'))] : []),
    command('legend', panelWords.legend, () => state.go('legend')),
    ...(view.canClone ? [command('clone', panelWords.clone, () => state.clone())] : []),
    command('settings', panelWords.settings, () => state.go('settings')),
    command('toggle', state.place.value.open ? panelWords.collapse : panelWords.open, () => state.toggle()),
  ];
}

/** Everything by a few letters: opened by a shortcut, over the page, closed by Escape or a press beside it. */
export function Palette({ state, view }: { state: PanelState; view: CaseView }) {
  const inputRef = useRef<HTMLInputElement>(null);
  const boxRef = useRef<HTMLDivElement>(null);
  useAppearing(boxRef);
  const commands = useMemo(() => commandsOf(state, view), [view, state.place.value.open]);
  // At once: what is typed meanwhile must not reach the page.
  useLayoutEffect(() => inputRef.current?.focus(), []);
  return (
    <>
      <div class="palette-back" onPointerDown={() => state.closePalette()} />
      <div
        class="palette"
        ref={boxRef}
        role="dialog"
        aria-modal="true"
        aria-label={panelWords.commands}
        onKeyDown={(event) => {
          if (event.key === 'Tab') event.preventDefault();
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.preventDefault();
          event.stopPropagation();
          state.closePalette();
        }}
      >
        <Combobox
          label={panelWords.command}
          options={commands}
          value={null}
          placeholder={panelWords.whatToDo}
          error={null}
          inputRef={inputRef}
          openAtStart
          onEnter={() => {}}
          onPick={(id) => {
            const command = commands.find((candidate) => candidate.id === id);
            if (!command) return;
            state.closePalette();
            command.run();
          }}
        />
      </div>
    </>
  );
}

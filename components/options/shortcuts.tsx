import { batch, useSignal } from '@preact/signals';
import type { Ask } from '../../core/contract/client';
import type { Shortcuts } from '../../core/domain/shortcuts';
import { optionsWords } from '../../core/words/options';
import { sharedWords } from '../../core/words/shared';
import { ShortcutFields } from '../shared/shortcut-fields';
import { useFresh } from './fresh';
import { Loading } from './trouble';

/** The shortcuts that act on a ticket's page. */
export function ShortcutsPage({ ask }: { ask: Ask }) {
  const shortcuts = useSignal<Shortcuts | null>(null);
  /** Of the connected help desks. Access keys are a page's own: the panel's settings look at them. */
  const desk = useSignal<string[]>([]);
  const error = useSignal<string | null>(null);
  useFresh(() => {
    ask('shortcuts.get', {}).then((answer) => {
      batch(() => {
        if (!answer.ok) error.value = answer.message;
        else {
          shortcuts.value = answer.value.shortcuts;
          desk.value = answer.value.desk;
        }
      });
    });
  });
  return (
    <>
      <div class="page-head">
        <h1>{sharedWords.shortcuts}</h1>
        <p class="muted">{optionsWords.aboutShortcuts}</p>
      </div>
      {shortcuts.value === null && <Loading problem={error.value} />}
      {shortcuts.value && (
        <section class="panel-card choices" aria-label={sharedWords.shortcuts}>
          <ShortcutFields
            shortcuts={shortcuts.value}
            taken={{ desk: desk.value, accessKeys: [] }}
            save={async (wanted) => {
              const answer = await ask('shortcuts.set', wanted);
              if (answer.ok) shortcuts.value = answer.value;
              return answer;
            }}
          />
        </section>
      )}
    </>
  );
}

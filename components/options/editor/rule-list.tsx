import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { editorWords } from '../../../core/words/editor';
import { Button } from '../../shared/button';
import { FoundHere, FoundMark } from './found-here';
import type { EditorState, Tab } from './state';

interface RuleListProps<T extends { id: string }> {
  state: EditorState;
  tab: Tab;
  rules: readonly T[];
  /** What is said where there is none. */
  empty: string;
  addWords: string;
  onAdd: () => void;
  onRemove: (id: string) => void;
  title: (rule: T) => ComponentChildren;
  children: (rule: T) => ComponentChildren;
}

/** Rules, messages: one row each, the chosen one in full. */
export function RuleList<T extends { id: string }>(props: RuleListProps<T>) {
  const { state, tab, rules, empty, addWords, onAdd, onRemove, title, children } = props;
  const { index } = state.place.value;
  const openRef = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    openRef.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [index]);
  return (
    <>
      {rules.length === 0 ? (
        <p class="muted">{empty}</p>
      ) : (
        <ul class="panel-card editor-list" aria-label={editorWords.tabs[tab]}>
          {rules.map((rule, at) => (
            <li key={rule.id} class={at === index ? 'editor-row selected' : 'editor-row'}>
              <div class="row-open">
                <button
                  type="button"
                  class="row-button"
                  aria-expanded={at === index}
                  onClick={() => state.go(tab, at === index ? null : at)}
                >
                  {title(rule)}
                  <FoundMark state={state} tab={tab} index={at} />
                </button>
                {at === index && (
                  <div class="row-fields" ref={openRef}>
                    <FoundHere state={state} tab={tab} index={at} />
                    {children(rule)}
                    <p class="form-actions">
                      <Button
                        low
                        kind="ghost"
                        onPress={() => {
                          onRemove(rule.id);
                          state.go(tab);
                        }}
                      >
                        {editorWords.remove}
                      </Button>
                    </p>
                  </div>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <p>
        <Button
          onPress={() => {
            onAdd();
            state.go(tab, rules.length);
          }}
        >
          {addWords}
        </Button>
      </p>
    </>
  );
}

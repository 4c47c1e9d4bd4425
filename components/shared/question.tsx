import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button';

interface QuestionProps {
  /** What is asked, as it is heard. */
  label: string;
  /** What is asked, as it is seen. */
  children: ComponentChildren;
  act: string;
  /** Only where `act` is not enough on its own; begins with it. */
  actLabel?: string;
  keep: string;
  class?: string;
  low?: boolean;
  busy?: boolean;
  /** The question stays until it is done. */
  onAct: () => void | Promise<void>;
  onKeep: () => void;
}

/** Asks, in place, before something is done that cannot be taken back. Who presses Enter at once keeps what there is. */
export function Question(props: QuestionProps) {
  const { label, children, act, actLabel, keep, low = true, busy = false, onAct, onKeep } = props;
  const keepRef = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keepRef.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question in place, not a set of fields
    <div class={props.class ?? 'asking'} role="group" aria-label={label}>
      {children}
      <Button
        kind="danger"
        low={low}
        busy={busy}
        {...(actLabel === undefined ? {} : { label: actLabel })}
        onPress={onAct}
      >
        {act}
      </Button>
      <Button kind="ghost" low={low} buttonRef={keepRef} onPress={onKeep}>
        {keep}
      </Button>
    </div>
  );
}

interface AskFirstProps extends Omit<QuestionProps, 'onKeep'> {
  opens: string;
  /** As `actLabel` is to `act`. */
  opensLabel?: string;
  kind?: 'plain' | 'ghost';
  /** False: nothing would be lost, and it acts at once. */
  asks?: boolean;
}

/** A button that asks first; afterwards the focus comes back to it, unless what was done has put it elsewhere. */
export function AskFirst({ opens, opensLabel, kind = 'ghost', low, asks = true, ...question }: AskFirstProps) {
  const asking = useSignal<boolean | null>(null);
  const openRef = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // What was pressed is gone, and the focus with it.
    const isNowhere = document.activeElement === null || document.activeElement === document.body;
    if (asking.value === false && isNowhere) openRef.current?.focus();
  }, [asking.value]);
  if (asking.value)
    return (
      <Question
        {...question}
        onAct={async () => {
          await question.onAct();
          asking.value = false;
        }}
        onKeep={() => {
          asking.value = false;
        }}
      />
    );
  return (
    <Button
      kind={kind}
      low={low ?? false}
      {...(opensLabel === undefined ? {} : { label: opensLabel })}
      buttonRef={openRef}
      onPress={() => {
        if (asks) asking.value = true;
        else question.onAct();
      }}
    >
      {opens}
    </Button>
  );
}

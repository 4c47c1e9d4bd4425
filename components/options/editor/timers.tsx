import { waitWords } from '../../../core/domain/duration';
import { addTimer, changeTimer, ofKind, withoutRule } from '../../../core/domain/rule-edits';
import type { CaseTemplate, TimerRule } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { BellIcon, CloseCaseIcon, MailIcon, SwapIcon } from '../../shared/icons';
import {
  CheckField,
  NumberField,
  PositionField,
  positionsOf,
  positionWords,
  SelectField,
  TargetFields,
  WaitFields,
} from './fields';
import { RuleList } from './rule-list';
import type { EditorState } from './state';

const KINDS = ['reminder', 'auto-close', 'change', 'notice'] as const satisfies readonly TimerRule['kind'][];
const VIAS = ['reply', 'note', 'notification'] as const;
const IF_UNREAD = ['retry', 'ask', 'act'] as const;
export const viaOptions = () => VIAS.map((id) => ({ id, name: editorWords.vias[id] }));

const icons = { reminder: BellIcon, 'auto-close': CloseCaseIcon, change: SwapIcon, notice: MailIcon } as const;

/** What happens a while after a case came somewhere: reminders, auto-closes, other changes, notices. */
export function Timers({ state }: { state: EditorState }) {
  const template = state.template.value;
  return (
    <RuleList
      state={state}
      tab="timers"
      rules={template.timers}
      empty={editorWords.noTimers}
      addWords={editorWords.addTimer}
      onAdd={() => state.edit(addTimer)}
      onRemove={(id) => state.edit((before) => withoutRule(before, 'timers', id))}
      title={(rule) => {
        const RuleIcon = icons[rule.kind];
        return (
          <>
            <RuleIcon />
            <span class="row-name">
              <b>{editorWords.timerKinds[rule.kind]}</b>{' '}
              <span class="muted">
                {editorWords.timerIn(waitWords(rule.after), positionWords(template, rule.when))}
              </span>
            </span>
          </>
        );
      }}
    >
      {(rule) => <TimerFields state={state} rule={rule} />}
    </RuleList>
  );
}

function TimerFields({ state, rule }: { state: EditorState; rule: TimerRule }) {
  const template = state.template.value;
  const { does, repeat } = rule;
  const change = (part: Partial<TimerRule>, field?: string) =>
    state.edit((before) => changeTimer(before, rule.id, part), field && `${rule.id} ${field}`);
  return (
    <>
      <div class="pair">
        <SelectField
          label={editorWords.kind}
          value={rule.kind}
          options={KINDS.map((id) => ({ id, name: editorWords.timerKinds[id] }))}
          onChange={(kind) => change(ofKind(template, rule, kind))}
        />
        <PositionField
          label={editorWords.when}
          template={template}
          value={rule.when}
          onChange={(when) => change({ when })}
        />
      </div>
      <WaitFields label={editorWords.after} value={rule.after} onChange={(after) => change({ after }, 'after')} />
      {does.type === 'message' ? (
        <div class="pair">
          <SelectField
            label={editorWords.message}
            value={does.messageId}
            options={template.messages.map(({ id, name }) => ({ id, name }))}
            onChange={(messageId) => change({ does: { ...does, messageId } })}
          />
          <SelectField
            label={editorWords.via}
            value={does.via}
            options={viaOptions()}
            onChange={(via) => change({ does: { ...does, via } })}
          />
        </div>
      ) : (
        <div class="pair">
          <TargetFields
            label={editorWords.becomes}
            template={template}
            value={does.to}
            onChange={(to) => change({ does: { type: 'change', to } })}
          />
        </div>
      )}
      {does.type === 'message' && (
        <>
          <CheckField
            label={editorWords.repeats}
            checked={repeat !== null}
            onChange={(on) => change({ repeat: on ? { every: { amount: 7, unit: 'days' }, times: 2 } : null })}
          />
          {repeat && (
            <div class="pair">
              <WaitFields
                label={editorWords.every}
                value={repeat.every}
                lengthsOnly
                onChange={(every) => {
                  if (every.unit !== 'working-day') change({ repeat: { ...repeat, every } }, 'every');
                }}
              />
              <NumberField
                label={editorWords.times}
                value={repeat.times}
                min={2}
                max={50}
                onChange={(times) => change({ repeat: { ...repeat, times } }, 'times')}
              />
            </div>
          )}
        </>
      )}
      <CheckField
        label={editorWords.leavingCancels}
        checked={rule.pausesIn === null}
        onChange={(cancels) => change({ pausesIn: cancels ? null : [] })}
      />
      {rule.pausesIn !== null && (
        <Pauses template={template} rule={rule} onChange={(pausesIn) => change({ pausesIn })} />
      )}
      <SelectField
        label={editorWords.ifUnread}
        value={rule.ifUnread}
        options={IF_UNREAD.map((id) => ({ id, name: editorWords.unread[id] }))}
        onChange={(ifUnread) => change({ ifUnread })}
      />
    </>
  );
}

function Pauses({
  template,
  rule,
  onChange,
}: {
  template: CaseTemplate;
  rule: TimerRule;
  onChange: (pausesIn: TimerRule['when'][]) => void;
}) {
  const pausesIn = rule.pausesIn ?? [];
  const same = (a: TimerRule['when'], b: TimerRule['when']) =>
    a.statusId === b.statusId && a.subStatusId === b.subStatusId;
  return (
    <fieldset class="editor-part">
      <legend>{editorWords.standsStillIn}</legend>
      <div class="checks">
        {positionsOf(template).map(({ id, name, position }) => (
          <CheckField
            key={id}
            label={name}
            checked={pausesIn.some((one) => same(one, position))}
            onChange={(on) => onChange(on ? [...pausesIn, position] : pausesIn.filter((one) => !same(one, position)))}
          />
        ))}
      </div>
    </fieldset>
  );
}

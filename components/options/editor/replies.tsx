import type { ReplyRule } from '../../../core/domain/template';
import { freshId, ruleIdsOf } from '../../../core/domain/template-edits';
import { editorWords } from '../../../core/words/editor';
import { ReplyIcon } from '../../shared/icons';
import { PositionField, positionWords, TargetFields } from './fields';
import { RuleList } from './rule-list';
import type { EditorState } from './state';

/** What a customer's reply does, by where the case is. Where no rule says anything the case stays and is flagged. */
export function Replies({ state }: { state: EditorState }) {
  const template = state.template.value;
  const change = (id: string, part: Partial<ReplyRule>) =>
    state.edit((before) => ({
      ...before,
      replies: before.replies.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)),
    }));
  return (
    <>
      <p class="muted">{editorWords.aboutReplies}</p>
      <RuleList
        state={state}
        tab="replies"
        rules={template.replies}
        empty={editorWords.noReplies}
        addWords={editorWords.addReply}
        onAdd={() =>
          state.edit((before) => {
            const waiting = before.statuses.find(({ category, retired }) => category === 'waiting' && !retired);
            const active = before.statuses.find(({ category, retired }) => category === 'active' && !retired);
            const rule: ReplyRule = {
              id: freshId('reply', ruleIdsOf(before)),
              when: { statusId: waiting?.id ?? before.initialStatusId, subStatusId: null },
              to: { statusId: active?.id ?? before.initialStatusId, subStatusId: null, tagId: null },
            };
            return { ...before, replies: [...before.replies, rule] };
          })
        }
        onChange={(replies) => state.edit((before) => ({ ...before, replies }))}
        title={(rule) => (
          <>
            <ReplyIcon />
            <span class="row-name">
              <b>{positionWords(template, rule.when)}</b>{' '}
              <span class="muted">{editorWords.leadsTo(positionWords(template, rule.to))}</span>
            </span>
          </>
        )}
      >
        {(rule) => (
          <div class="pair">
            <PositionField
              label={editorWords.when}
              template={template}
              value={rule.when}
              onChange={(when) => change(rule.id, { when })}
            />
            <TargetFields
              label={editorWords.becomes}
              template={template}
              value={rule.to}
              onChange={(to) => change(rule.id, { to })}
            />
          </div>
        )}
      </RuleList>
    </>
  );
}

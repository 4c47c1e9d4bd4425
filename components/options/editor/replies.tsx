import { addReply, changeReply, withoutRule } from '../../../core/domain/rule-edits';
import type { ReplyRule } from '../../../core/domain/template';
import { editorWords } from '../../../core/words/editor';
import { ReplyIcon } from '../../shared/icons';
import { PositionField, positionWords, TargetFields } from './fields';
import { RuleList } from './rule-list';
import type { EditorState } from './state';

/** What a customer's reply does, by where the case is. Where no rule says anything the case stays and is flagged. */
export function Replies({ state }: { state: EditorState }) {
  const template = state.template.value;
  const change = (id: string, part: Partial<ReplyRule>) => state.edit((before) => changeReply(before, id, part));
  return (
    <>
      <p class="muted">{editorWords.aboutReplies}</p>
      <RuleList
        state={state}
        tab="replies"
        rules={template.replies}
        empty={editorWords.noReplies}
        addWords={editorWords.addReply}
        onAdd={() => state.edit(addReply)}
        onRemove={(id) => state.edit((before) => withoutRule(before, 'replies', id))}
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

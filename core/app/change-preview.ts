import type { ChangePreview } from '../contract/views';
import type { Decision } from '../domain/decide';
import type { CaseTemplate } from '../domain/template';
import { sameNative } from '../domain/template';
import { caseWords } from '../words/case';
import { timerWords } from './case-view';

/** What Update will do, in words: a decision about it, made at `now`, that nobody stores. */
export function changePreview(
  decision: Decision,
  { template, deskName, now }: { template: CaseTemplate; deskName: string; now: number },
): ChangePreview {
  if (!decision.ok) {
    // What is missing is asked for in place; anything else is told.
    const refused = decision.missing.length > 0 ? null : decision.message;
    return { missing: decision.missing, refused, lines: [] };
  }
  const customer = decision.next.requester?.name || caseWords.theCustomer;
  const lines: ChangePreview['lines'] = [];
  for (const effect of decision.effects.filter((candidate) => candidate.state === 'pending')) {
    if (effect.write?.message)
      lines.push({
        kind: 'message',
        text:
          effect.write.message.visibility === 'public'
            ? caseWords[effect.notBefore > now ? 'tell' : 'tellNow'](customer)
            : caseWords.tellColleagues,
        body: effect.write.message.body,
        dueAt: null,
      });
    if (effect.write?.status != null && !sameNative(effect.write.status, decision.next.nativeStatus))
      lines.push({ kind: 'native', text: caseWords.setDesk(deskName, effect.write.status), body: null, dueAt: null });
  }
  for (const { what } of decision.history)
    if (what.type === 'desk-tells')
      lines.push({
        kind: 'native',
        text: caseWords.leaveToDesk(deskName, customer, what.native),
        body: null,
        dueAt: null,
      });
  for (const timer of decision.timers
    .filter((candidate) => candidate.generation === decision.next.generation)
    .toSorted((a, b) => a.dueAt - b.dueAt)) {
    const rule = template.timers.find((candidate) => candidate.id === timer.ruleId);
    lines.push({
      kind: timer.kind,
      text: timerWords(timer, rule, template, customer),
      body: null,
      dueAt: timer.dueAt,
    });
  }
  return { missing: [], refused: null, lines };
}

import { rich } from '../../components/shared/rich';
import { panelWords } from '../../core/words/panel';
import { Button } from '../shared/button';
import { ReplyIcon, WarningIcon } from '../shared/icons';
import { agoWords } from '../shared/time';
import type { PanelState } from './state';

/** What a person should know before anything else: trouble, an unread reply, a help desk that went its own way. */
export function Banners({ state }: { state: PanelState }) {
  const view = state.view.value;
  const problem = state.problem.value ?? view?.problem ?? null;
  const drift = view?.native.drift ?? null;
  // What waits for a decision, not for a hold to end, goes on from where it says why.
  const letGoOn = view?.waitsForPerson && !view.hold && (
    <Button low busy={state.busy.value === 'hold'} onPress={() => state.hold(false)}>
      {panelWords.letGoOn}
    </Button>
  );
  const who = <b>{view?.requesterName ?? panelWords.theCustomer}</b>;
  return (
    <>
      <div role="alert">
        {problem && (
          <div class="banner danger">
            <WarningIcon />
            <p>{problem.code === 'page-differs' ? panelWords.pageDiffers(problem.message) : problem.message}</p>
            {problem.code === 'orphaned' && (
              <p class="banner-actions">
                <Button low onPress={() => state.reload()}>
                  {panelWords.reload}
                </Button>
              </p>
            )}
          </div>
        )}
      </div>
      {view?.attention && (
        <div class="banner">
          <WarningIcon />
          <p>{view.attention}</p>
          {letGoOn && <p class="banner-actions">{letGoOn}</p>}
        </div>
      )}
      {view && (view.customerRepliedAt !== null || view.replyId !== null) && (
        <div class="banner info">
          <ReplyIcon />
          {view.customerRepliedAt === null ? (
            <p>{rich(panelWords.cameByReply, { who })}</p>
          ) : (
            <p>{rich(panelWords.repliedAndStays(agoWords(view.customerRepliedAt, state.now.value)), { who })}</p>
          )}
          {view.replyId !== null && (
            <p class="banner-actions">
              <Button low kind="ghost" busy={state.busy.value === 'not-a-reply'} onPress={() => state.notAReply()}>
                {panelWords.notAReply}
              </Button>
            </p>
          )}
        </div>
      )}
      {view && drift && (
        <div class="banner">
          <WarningIcon />
          <p>{drift.message}</p>
          <p class="banner-actions">
            {!view.attention && letGoOn}
            <Button low busy={state.busy.value === 'set-back'} onPress={() => state.settleDrift('set-back')}>
              {panelWords.setBack(view.deskName)}
            </Button>
            {(view.attention || !letGoOn) && (
              <Button low kind="ghost" busy={state.busy.value === 'ignore'} onPress={() => state.settleDrift('ignore')}>
                {panelWords.ignore}
              </Button>
            )}
          </p>
        </div>
      )}
    </>
  );
}

import { Button } from '../shared/button';
import { ReplyIcon, WarningIcon } from '../shared/icons';
import { agoWords } from '../shared/time';
import type { PanelState } from './state';

/** What a person should know before anything else: trouble, an unread reply, a help desk that went its own way. */
export function Banners({ state }: { state: PanelState }) {
  const view = state.view.value;
  const problem = state.problem.value ?? view?.problem ?? null;
  const drift = view?.native.drift ?? null;
  return (
    <>
      <div role="alert">
        {problem && (
          <div class="banner danger">
            <WarningIcon />
            <p>
              {problem.code === 'page-differs'
                ? `This page looks different from what we know: ${problem.message}. The status still works; check what it shows.`
                : problem.message}
            </p>
            {problem.code === 'orphaned' && (
              <p class="banner-actions">
                <Button low onPress={() => state.reload()}>
                  Reload
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
        </div>
      )}
      {view && (view.customerRepliedAt !== null || view.replyId !== null) && (
        <div class="banner info">
          <ReplyIcon />
          {view.customerRepliedAt === null ? (
            <p>
              <b>{view.requesterName ?? 'The customer'}</b> replied, so the case came here.
            </p>
          ) : (
            <p>
              <b>{view.requesterName ?? 'The customer'}</b> replied {agoWords(view.customerRepliedAt, state.now.value)}.
              The status stayed as it was.
            </p>
          )}
          {view.replyId !== null && (
            <p class="banner-actions">
              <Button low kind="ghost" busy={state.busy.value === 'not-a-reply'} onPress={() => state.notAReply()}>
                This was not a real reply
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
            <Button low busy={state.busy.value === 'set-back'} onPress={() => state.settleDrift('set-back')}>
              Set {view.deskName} back
            </Button>
            <Button low kind="ghost" busy={state.busy.value === 'ignore'} onPress={() => state.settleDrift('ignore')}>
              Ignore
            </Button>
          </p>
        </div>
      )}
    </>
  );
}

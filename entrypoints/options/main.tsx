import { browser } from '@wxt-dev/browser';
import { render } from 'preact';
import { OptionsApp } from '../../components/options/app';
import type { PreviewParts } from '../../components/options/editor/preview';
import { makeAsk } from '../../core/contract/client';
import type { RequestInput, RequestName } from '../../core/contract/messages';
import { permissionPattern } from '../../core/contract/origin';
import { systemClock } from '../../core/platform/ports';
import { replayWorkers } from '../../core/platform/replay-workers';
import { language, speak } from '../../core/words/language';
import { optionsWords } from '../../core/words/options';

/** Shorter than the five minutes after which Chromium ends a worker that is still at one event. */
const LARGE_FILE_MS = 280_000;
const askBackground = (message: unknown) => browser.runtime.sendMessage(message);
const replay = replayWorkers(
  () => new Worker(browser.runtime.getURL('/replay.js')),
  (input) => askBackground({ name: 'drafts.replay', input }),
);
const send = (message: unknown) => {
  const { name, input } = message as { name: RequestName; input: RequestInput<'drafts.replay'> };
  return name === 'drafts.replay' ? replay(input) : askBackground(message);
};
const ask = makeAsk(send);
// Whatever keeps the background from answering, the page comes.
const theirs = await makeAsk((message) => browser.runtime.sendMessage(message), 2000)('language.get', {});
speak(theirs.ok ? theirs.value.language : browser.i18n.getUILanguage());
document.documentElement.lang = language();
document.title = optionsWords.title;

async function loadPreview(): Promise<PreviewParts> {
  const [{ makeSampleCase }, { mountPanel }] = await Promise.all([
    import('../../core/app/sample-case'),
    import('../../components/panel/mount'),
  ]);
  const newId = () => crypto.randomUUID();
  return { mountPanel, makeSampleCase: (parts) => makeSampleCase({ clock: systemClock, newId }, parts) };
}

const root = document.getElementById('app');
if (root) {
  render(
    <OptionsApp
      ask={ask}
      patientAsk={makeAsk(send, LARGE_FILE_MS)}
      requestAccess={(url) => browser.permissions.request({ origins: [permissionPattern(url.href)] })}
      requestDownloads={() => browser.permissions.request({ permissions: ['downloads'] })}
      loadPreview={loadPreview}
    />,
    root,
  );
}

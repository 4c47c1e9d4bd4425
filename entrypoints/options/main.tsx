import { browser } from '@wxt-dev/browser';
import { render } from 'preact';
import { OptionsApp } from '../../components/options/app';
import { makeAsk } from '../../core/contract/client';
import { permissionPattern } from '../../core/contract/origin';
import { language, speak } from '../../core/words/language';
import { optionsWords } from '../../core/words/options';

/** Shorter than the five minutes after which Chromium ends a worker that is still at one event. */
const LARGE_FILE_MS = 280_000;
const send = (message: unknown) => browser.runtime.sendMessage(message);
const ask = makeAsk(send);
// Whatever keeps the background from answering, the page comes.
const theirs = await makeAsk((message) => browser.runtime.sendMessage(message), 2000)('language.get', {});
speak(theirs.ok ? theirs.value.language : browser.i18n.getUILanguage());
document.documentElement.lang = language();
document.title = optionsWords.title;

const root = document.getElementById('app');
if (root) {
  render(
    <OptionsApp
      ask={ask}
      patientAsk={makeAsk(send, LARGE_FILE_MS)}
      requestAccess={(url) => browser.permissions.request({ origins: [permissionPattern(url.href)] })}
      requestDownloads={() => browser.permissions.request({ permissions: ['downloads'] })}
    />,
    root,
  );
}

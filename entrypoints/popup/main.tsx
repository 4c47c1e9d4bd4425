import { browser } from '@wxt-dev/browser';
import { render } from 'preact';
import { PopupApp } from '../../components/popup/app';
import { makeAsk } from '../../core/contract/client';
import { permissionPattern } from '../../core/contract/origin';
import { showOptions } from '../../core/platform/tabs';
import { language, speak } from '../../core/words/language';

const ask = makeAsk((message) => browser.runtime.sendMessage(message));
// Whatever keeps the background from answering, the page comes.
const theirs = await makeAsk((message) => browser.runtime.sendMessage(message), 2000)('language.get', {});
speak(theirs.ok ? theirs.value.language : browser.i18n.getUILanguage());
document.documentElement.lang = language();

const root = document.getElementById('app');
if (root) {
  render(
    <PopupApp
      ask={ask}
      tabUrl={async () => {
        const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
        return tab?.url ?? null;
      }}
      requestAccess={(url) => browser.permissions.request({ origins: [permissionPattern(url.href)] })}
      openTab={(url) => {
        browser.tabs.create({ url });
        window.close();
      }}
      openOptions={() => {
        browser.runtime.openOptionsPage();
        window.close();
      }}
      openReview={async () => {
        await showOptions('#review');
        window.close();
      }}
    />,
    root,
  );
}

import { render } from 'preact';
import browser from 'webextension-polyfill';
import { PopupApp } from '../../components/popup/app';
import { originPattern } from '../../components/shared/origin-pattern';
import { makeAsk } from '../../core/contract/client';

const root = document.getElementById('app');
if (root) {
  render(
    <PopupApp
      ask={makeAsk((message) => browser.runtime.sendMessage(message))}
      tabUrl={async () => {
        const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
        return tab?.url ?? null;
      }}
      requestAccess={(url) => browser.permissions.request({ origins: [originPattern(url)] })}
      openTab={(url) => {
        browser.tabs.create({ url });
        window.close();
      }}
      openOptions={() => {
        browser.runtime.openOptionsPage();
        window.close();
      }}
    />,
    root,
  );
}

import { render } from 'preact';
import browser from 'webextension-polyfill';
import { OptionsApp } from '../../components/options/app';
import { originPattern } from '../../components/shared/origin-pattern';
import { makeAsk } from '../../core/contract/client';

const root = document.getElementById('app');
if (root) {
  render(
    <OptionsApp
      ask={makeAsk((message) => browser.runtime.sendMessage(message))}
      requestAccess={(url) => browser.permissions.request({ origins: [originPattern(url)] })}
    />,
    root,
  );
}

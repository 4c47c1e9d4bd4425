import { render } from 'preact';
import browser from 'webextension-polyfill';
import { OptionsApp } from '../../components/options/app';
import { makeAsk } from '../../core/contract/client';
import { permissionPattern } from '../../core/contract/origin';

const root = document.getElementById('app');
if (root) {
  render(
    <OptionsApp
      ask={makeAsk((message) => browser.runtime.sendMessage(message))}
      requestAccess={(url) => browser.permissions.request({ origins: [permissionPattern(url.href)] })}
    />,
    root,
  );
}

import { render } from 'preact';
import browser from 'webextension-polyfill';
import { OptionsApp } from '../../components/options/app';
import { makeAsk } from '../../core/contract/client';
import { permissionPattern } from '../../core/contract/origin';
import { language, speak } from '../../core/words/language';
import { optionsWords } from '../../core/words/options';

const ask = makeAsk((message) => browser.runtime.sendMessage(message));
const theirs = await ask('language.get', {});
speak(theirs.ok ? theirs.value.language : browser.i18n.getUILanguage());
document.documentElement.lang = language();
document.title = optionsWords.title;

const root = document.getElementById('app');
if (root) {
  render(
    <OptionsApp
      ask={ask}
      requestAccess={(url) => browser.permissions.request({ origins: [permissionPattern(url.href)] })}
    />,
    root,
  );
}

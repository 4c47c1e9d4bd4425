import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { FieldError } from '../../components/shared/field-error';
import type { Ask } from '../../core/contract/client';
import type { Provision } from '../../core/contract/views';
import { LANGUAGES, type Language } from '../../core/words/language';
import { optionsWords } from '../../core/words/options';
import { ByOrganisation } from './by-organisation';

/** The language of the extension in this browser. The page is loaded anew to speak it; open tickets follow when they are. */
export function LanguagePicker({ ask, by }: { ask: Ask; by: Provision }) {
  const id = useId();
  const chosen = useSignal<Language | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    ask('language.get', {}).then((answer) => {
      if (answer.ok) chosen.value = answer.value.chosen;
    });
  }, []);
  return (
    <div class="language">
      <label for={id}>{optionsWords.language}</label>
      <select
        id={id}
        class="input"
        value={by === 'locked' ? '' : (chosen.value ?? '')}
        disabled={by === 'locked'}
        aria-describedby={by === null ? undefined : `${id}-by`}
        onChange={async (event) => {
          const wanted = LANGUAGES.find((language) => language === event.currentTarget.value) ?? null;
          const answer = await ask('language.set', { language: wanted });
          if (answer.ok) location.reload();
          else error.value = answer.message;
        }}
      >
        <option value="">{by === null ? optionsWords.asTheBrowser : optionsWords.asTheOrganisation}</option>
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {optionsWords.languages[language]}
          </option>
        ))}
      </select>
      <ByOrganisation by={by} id={`${id}-by`} />
      <FieldError alert>{error.value}</FieldError>
    </div>
  );
}

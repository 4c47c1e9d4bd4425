import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { PolicyView } from '../../core/contract/views';
import { optionsWords } from '../../core/words/options';
import { FieldError } from '../shared/field-error';
import { ByOrganisation } from './by-organisation';

/** What this browser is used for: an agent is kept out of the templates. No protection, unless the organisation locks it. */
export function RolePicker({
  ask,
  role,
  onChanged,
}: {
  ask: Ask;
  role: PolicyView['role'];
  onChanged: (policy: PolicyView) => void;
}) {
  const id = useId();
  const error = useSignal<string | null>(null);
  return (
    <div class="language">
      <label for={id}>{optionsWords.role}</label>
      <select
        id={id}
        class="input"
        value={role.value}
        disabled={role.by === 'locked'}
        aria-describedby={role.by === null ? undefined : `${id}-by`}
        onChange={async ({ currentTarget }) => {
          const answer = await ask('role.set', { role: currentTarget.value === 'agent' ? 'agent' : 'admin' });
          error.value = answer.ok ? null : answer.message;
          if (answer.ok) onChanged(answer.value);
          // What is kept, not what was chosen.
          else currentTarget.value = role.value;
        }}
      >
        {(['admin', 'agent'] as const).map((each) => (
          <option key={each} value={each}>
            {optionsWords.roles[each]}
          </option>
        ))}
      </select>
      <ByOrganisation by={role.by} id={`${id}-by`} />
      <FieldError alert>{error.value}</FieldError>
    </div>
  );
}

import { calendarsWords } from '../../core/words/options-calendars';
import { Chip } from '../shared/chip';

/** The templates that count by a calendar, by name. */
export function UsedBy({ templates }: { templates: readonly string[] }) {
  return (
    <p class="tags">
      <span class="eyebrow">{calendarsWords.usedBy}</span>
      {templates.map((template) => (
        <Chip key={template}>{template}</Chip>
      ))}
    </p>
  );
}

import type { FindingView } from '../../core/contract/views';
import { editorWords } from '../../core/words/editor';
import { templatesWords } from '../../core/words/options-templates';

/** What the checker finds, each with the steps that lead to it. With `onShow` each has a way to its place. */
export function Findings<F extends FindingView>({
  findings,
  onShow,
}: {
  findings: readonly F[];
  onShow?: (finding: F) => void;
}) {
  if (findings.length === 0) return null;
  return (
    <ul class="findings" aria-label={templatesWords.findings}>
      {findings.map((finding, index) => (
        // The same can be said of two places.
        <li key={`${index} ${finding.message}`} class={finding.severity}>
          <b>{templatesWords.severities[finding.severity]}:</b> {finding.message}
          {finding.example.length > 0 && (
            <ol class="muted small">
              {finding.example.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          )}
          {onShow && (
            <button type="button" class="text-button" onClick={() => onShow(finding)}>
              {editorWords.show}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

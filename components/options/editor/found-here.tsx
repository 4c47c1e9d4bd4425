import type { PlacedFinding } from '../../../core/contract/views';
import { editorWords } from '../../../core/words/editor';
import { FieldError } from '../../shared/field-error';
import { WarningIcon } from '../../shared/icons';
import { type EditorState, placeOf, type Tab } from './state';

interface HereProps {
  state: EditorState;
  tab: Tab;
  /** Of the row. */
  index: number;
}

/** What the checker finds wrong with a tab or, where an index is given, with one of its rows. */
const foundAt = ({ state, tab, index }: Omit<HereProps, 'index'> & { index?: number }): PlacedFinding[] =>
  state.review.value.findings.filter(({ severity, path }) => {
    const place = placeOf(path);
    return severity === 'error' && place.tab === tab && (index === undefined || place.index === index);
  });

/** Says on a tab that something is wrong in it. */
export function FoundInTab(here: Omit<HereProps, 'index'>) {
  const { length } = foundAt(here);
  if (length === 0) return null;
  return (
    <span class="found-dot">
      <span class="visually-hidden"> ({editorWords.findingCounts.error(length)})</span>
    </span>
  );
}

/** Says in a row that something is wrong with it. */
export function FoundMark(here: HereProps) {
  const { length } = foundAt(here);
  if (length === 0) return null;
  return (
    <span class="chip is-danger">
      <WarningIcon />
      {editorWords.findingCounts.error(length)}
    </span>
  );
}

/** Says what it is, above the fields that mend it. */
export function FoundHere(here: HereProps) {
  return (
    <>
      {foundAt(here).map(({ message }, at) => (
        // The same can be said of two places.
        <FieldError key={`${at} ${message}`}>{message}</FieldError>
      ))}
    </>
  );
}

/** Decoration beside words, never alone: hidden from assistive technology. One path each: a panel that is drawn with every page has many. */
function icon(path: string, strokeWidth?: number) {
  return () => (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={path} stroke-width={strokeWidth} />
    </svg>
  );
}

export const MailIcon = icon(
  'M3.8 3.3h8.4a2 2 0 0 1 2 2v5.4a2 2 0 0 1-2 2h-8.4a2 2 0 0 1-2-2v-5.4a2 2 0 0 1 2-2zM2.4 4.6l5.6 4.2 5.6-4.2',
);
export const BellIcon = icon('M3 11.5c1-1 1.2-2 1.2-4a3.8 3.8 0 0 1 7.6 0c0 2 .2 3 1.2 4zM6.6 13.8c.7.6 2.1.6 2.8 0');
export const NoteIcon = icon('M3.2 2.2h9.6v7.4l-4 4.2H3.2zM12.6 9.6H8.8v4');
export const InboxIcon = icon(
  'M2.2 9.2 4 3.6h8l1.8 5.6v3.2a1 1 0 0 1-1 1H3.2a1 1 0 0 1-1-1zM2.4 9.2h3.2l.9 1.7h3l.9-1.7h3.2',
);
export const CloseCaseIcon = icon(
  'M5.2 2.2h5.6a3 3 0 0 1 3 3v5.6a3 3 0 0 1-3 3h-5.6a3 3 0 0 1-3-3v-5.6a3 3 0 0 1 3-3zM5.4 8.2l1.8 1.8 3.4-3.8',
);
export const ReplyIcon = icon('M6 4 2.6 7.4 6 10.8M2.8 7.4h6.4a4 4 0 0 1 4 4v.8');
export const SendIcon = icon('M14 2 7.2 8.8M14 2 9.7 14l-2.5-5.2L2 6.3z');
export const SwapIcon = icon('M2.5 5.4h10.6L10.6 3M13.5 10.6H2.9L5.4 13');
export const ChevronIcon = icon('m4 6.2 4 4 4-4');
export const HelpIcon = icon(
  'M1.8 8a6.2 6.2 0 1 0 12.4 0a6.2 6.2 0 1 0-12.4 0zM6.2 6.3c.2-1 .9-1.6 1.9-1.6 1.1 0 1.9.7 1.9 1.7 0 1.4-1.9 1.5-1.9 2.9M8.1 11.6v.1',
);
export const SettingsIcon = icon(
  'M2.5 4.5h6M12 4.5h1.5M2.5 11.5h1.5M7.5 11.5h6M8.5 4.5a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0zM4.1 11.5a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0z',
);
export const KeyboardIcon = icon(
  'M3.8 4h8.4a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-8.4a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2zM4.5 6.8v.1M7 6.8v.1M9.5 6.8v.1M11.8 6.8v.1M5.5 9.5h5',
);
export const WarningIcon = icon('M8 2.2 14.4 13.2H1.6zM8 6.6v3M8 11.4v.1');
export const CheckIcon = icon('m3 8.5 3.2 3.2L13 4.8');
export const BackIcon = icon('M13 8H3.2M7 4 3 8l4 4');
export const CrossIcon = icon('m4 4 8 8M12 4l-8 8');
export const DashIcon = icon('M4.5 8h7');
export const PauseIcon = icon('M5.6 3.5v9M10.4 3.5v9');
export const CloneIcon = icon(
  'M7.6 5.6h4a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-4a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2zM10.4 3.2a1.6 1.6 0 0 0-1.4-.8H4a1.6 1.6 0 0 0-1.6 1.6v5c0 .6.3 1.1.8 1.4',
);
export const PulseIcon = icon('M1.8 8.5h2.7L6.4 3.5l3.2 9 2-4h2.6');
export const LockIcon = icon(
  'M5 7h6a2 2 0 0 1 2 2v2.8a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2v-2.8a2 2 0 0 1 2-2zM5.2 7V5a2.8 2.8 0 0 1 5.6 0v2',
);
export const GlobeIcon = icon(
  'M1.8 8a6.2 6.2 0 1 0 12.4 0a6.2 6.2 0 1 0-12.4 0zM1.8 8h12.4M8 1.8c3.6 3.6 3.6 8.8 0 12.4M8 1.8c-3.6 3.6-3.6 8.8 0 12.4',
);
export const LayersIcon = icon('m8 2 6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3');
export const CalendarIcon = icon(
  'M4.2 3.4h7.6a2 2 0 0 1 2 2v6.4a2 2 0 0 1-2 2h-7.6a2 2 0 0 1-2-2v-6.4a2 2 0 0 1 2-2zM2.4 6.8h11.2M5.4 2v2.6M10.6 2v2.6',
);
export const PlusIcon = icon('M8 3.4v9.2M3.4 8h9.2');
export const DataIcon = icon(
  'M2.8 3.9a5.2 2.1 0 1 0 10.4 0a5.2 2.1 0 1 0-10.4 0zM2.8 3.9v8.2c0 1.2 2.3 2.1 5.2 2.1s5.2-.9 5.2-2.1V3.9M2.8 8c0 1.2 2.3 2.1 5.2 2.1s5.2-.9 5.2-2.1',
);
export const StepsIcon = icon('m2 4.2 1.3 1.3 2.2-2.6M2 11l1.3 1.3 2.2-2.6M8.2 4.5h5.8M8.2 11.3h5.8');
export const GripIcon = icon('M6 3.5h.01M10 3.5h.01M6 8h.01M10 8h.01M6 12.5h.01M10 12.5h.01', 2.2);

/** The extension's mark: a card with a status dot and the line of what happens next. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 128 128" aria-hidden="true" focusable="false">
      <rect x="8" y="8" width="112" height="112" rx="30" fill="#2447c7" />
      <circle cx="45" cy="46" r="17" fill="#ffc46b" />
      <rect x="72" y="39" width="30" height="14" rx="7" fill="#ffffff" />
      <rect x="28" y="81" width="74" height="11" rx="5.5" fill="#6d8bf5" />
      <rect x="28" y="81" width="34" height="11" rx="5.5" fill="#ffffff" />
      <circle cx="62" cy="86.5" r="12" fill="#ffffff" />
    </svg>
  );
}

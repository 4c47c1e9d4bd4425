import type { ComponentChildren } from 'preact';

/** Decoration beside words, never alone: hidden from assistive technology. */
function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const MailIcon = () => (
  <Icon>
    <rect x="1.8" y="3.3" width="12.4" height="9.4" rx="2" />
    <path d="m2.4 4.6 5.6 4.2 5.6-4.2" />
  </Icon>
);
export const BellIcon = () => (
  <Icon>
    <path d="M3 11.5c1-1 1.2-2 1.2-4a3.8 3.8 0 0 1 7.6 0c0 2 .2 3 1.2 4z" />
    <path d="M6.6 13.8c.7.6 2.1.6 2.8 0" />
  </Icon>
);
export const NoteIcon = () => (
  <Icon>
    <path d="M3.2 2.2h9.6v7.4l-4 4.200H3.2z" />
    <path d="M12.6 9.6H8.8v4" />
  </Icon>
);
export const InboxIcon = () => (
  <Icon>
    <path d="M2.2 9.2 4 3.6h8l1.8 5.6v3.2a1 1 0 0 1-1 1H3.2a1 1 0 0 1-1-1z" />
    <path d="M2.4 9.2h3.2l.9 1.7h3l.9-1.7h3.2" />
  </Icon>
);
export const CloseCaseIcon = () => (
  <Icon>
    <rect x="2.2" y="2.2" width="11.6" height="11.6" rx="3" />
    <path d="m5.4 8.2 1.8 1.8 3.4-3.8" />
  </Icon>
);
export const ReplyIcon = () => (
  <Icon>
    <path d="M6 4 2.6 7.4 6 10.8" />
    <path d="M2.8 7.4h6.4a4 4 0 0 1 4 4v.8" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M14 2 7.2 8.8M14 2 9.7 14l-2.5-5.2L2 6.3z" />
  </Icon>
);
export const SwapIcon = () => (
  <Icon>
    <path d="M2.5 5.4h10.6L10.6 3M13.5 10.6H2.9L5.4 13" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="m4 6.2 4 4 4-4" />
  </Icon>
);
export const HelpIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M6.2 6.3c.2-1 .9-1.6 1.9-1.6 1.1 0 1.9.7 1.9 1.7 0 1.4-1.9 1.5-1.9 2.9" />
    <path d="M8.1 11.6v.1" />
  </Icon>
);
export const SettingsIcon = () => (
  <Icon>
    <path d="M2.5 4.5h6M12 4.5h1.5M2.5 11.5h1.5M7.500 11.500h6" />
    <circle cx="10.200" cy="4.500" r="1.700" />
    <circle cx="5.800" cy="11.500" r="1.700" />
  </Icon>
);
export const KeyboardIcon = () => (
  <Icon>
    <rect x="1.8" y="4" width="12.400" height="8" rx="2" />
    <path d="M4.500 6.800v.1M7 6.800v.1M9.500 6.800v.1M11.800 6.800v.1M5.500 9.500h5" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M8 2.2 14.4 13.2H1.6z" />
    <path d="M8 6.6v3M8 11.4v.1" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m3 8.5 3.2 3.2L13 4.8" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path d="M13 8H3.2M7 4 3 8l4 4" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);
export const DashIcon = () => (
  <Icon>
    <path d="M4.500 8h7" />
  </Icon>
);
export const PauseIcon = () => (
  <Icon>
    <path d="M5.6 3.5v9M10.4 3.5v9" />
  </Icon>
);
export const CloneIcon = () => (
  <Icon>
    <rect x="5.6" y="5.6" width="8" height="8" rx="2" />
    <path d="M10.4 3.2a1.6 1.6 0 0 0-1.4-.8H4a1.6 1.6 0 0 0-1.6 1.6v5c0 .6.3 1.1.8 1.4" />
  </Icon>
);
export const PulseIcon = () => (
  <Icon>
    <path d="M1.800 8.500h2.700L6.400 3.500l3.200 9 2-4h2.600" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <rect x="3" y="7" width="10" height="6.800" rx="2" />
    <path d="M5.200 7V5a2.800 2.800 0 0 1 5.600 0v2" />
  </Icon>
);
export const GlobeIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M1.8 8h12.4M8 1.8c3.6 3.6 3.6 8.8 0 12.4M8 1.8c-3.6 3.6-3.6 8.8 0 12.4" />
  </Icon>
);
export const LayersIcon = () => (
  <Icon>
    <path d="m8 2 6 3-6 3-6-3z" />
    <path d="m2 8 6 3 6-3M2 11l6 3 6-3" />
  </Icon>
);
export const CalendarIcon = () => (
  <Icon>
    <rect x="2.2" y="3.4" width="11.6" height="10.4" rx="2" />
    <path d="M2.4 6.8h11.2M5.4 2v2.6M10.6 2v2.6" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M8 3.4v9.2M3.4 8h9.2" />
  </Icon>
);
export const DataIcon = () => (
  <Icon>
    <ellipse cx="8" cy="3.900" rx="5.200" ry="2.100" />
    <path d="M2.800 3.900v8.200c0 1.200 2.300 2.100 5.200 2.100s5.200-.9 5.200-2.100V3.900M2.800 8c0 1.200 2.300 2.100 5.200 2.100s5.200-.9 5.200-2.100" />
  </Icon>
);

export const StepsIcon = () => (
  <Icon>
    <path d="m2 4.200 1.300 1.300 2.200-2.600M2 11l1.300 1.300 2.200-2.600M8.200 4.500h5.800M8.200 11.300h5.800" />
  </Icon>
);

/** The extension's mark: a card with a status dot and the line of what happens next. */
export const GripIcon = () => (
  <Icon>
    <path d="M6 3.5h.01M10 3.5h.01M6 8h.01M10 8h.01M6 12.500h.01M10 12.500h.01" stroke-width="2.2" />
  </Icon>
);
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

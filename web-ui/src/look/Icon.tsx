/** Drawings on a 24 × 24 grid, one stroke wide. */
const PATHS = {
  agent: "M5 5h14v6H5zM5 13h14v6H5zM8.5 8h.01M8.5 16h.01",
  audit: "M9 4h6v3H9zM7 5.5H5.5V20h13V5.5H17M9 12h6M9 16h4",
  back: "M19 12H5M11 18l-6-6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  chevron: "M9 6l6 6-6 6",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM15 6V4H5v11h2",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  edit: "M5 19l.8-3.6L16.5 4.7l2.8 2.8L8.6 18.2z",
  function: "M8 5C5.5 5 6.5 11 4 12c2.5 1 1.5 7 4 7M16 5c2.5 0 1.5 6 4 7-2.5 1-1.5 7-4 7M10.5 14.5l3-5",
  home: "M4 11.5L12 5l8 6.5M6.5 10v9h11v-9",
  key: "M8.5 11.5a4 4 0 110 8 4 4 0 010-8zM11.5 12.5L19.5 4.5M16 8l3 3",
  menu: "M4 7h16M4 12h16M4 17h16",
  monitor: "M4 5h16v11H4zM9 20h6M12 16v4",
  moon: "M19 14.5A8 8 0 019.5 5 7.5 7.5 0 1019 14.5z",
  pause: "M9 6v12M15 6v12",
  play: "M8 5.5l10 6.5-10 6.5z",
  plug: "M9 4v5M15 4v5M6.5 9h11v3a5.5 5.5 0 01-11 0zM12 17.5V21",
  plus: "M12 5v14M5 12h14",
  queue: "M4 6h6v5H4zM4 15h16v4H4zM14 8.5h6M17 6l3 2.5-3 2.5",
  resource:
    "M12 4c4 0 7 1.2 7 2.8S16 9.6 12 9.6 5 8.4 5 6.8 8 4 12 4zM5 6.8v10.4C5 18.8 8 20 12 20s7-1.2 7-2.8V6.8M5 12c0 1.6 3 2.8 7 2.8s7-1.2 7-2.8",
  retry: "M19 12a7 7 0 11-2-4.9L19 9M19 4.5V9h-4.5",
  scaling: "M4 20h16M6 16v-3M11 16V9.5M16 16V5M13.5 7.5L16 5l2.5 2.5",
  schedule: "M12 4a8 8 0 110 16 8 8 0 010-16zM12 8v4.5l3 2",
  search: "M10.5 4.5a6 6 0 110 12 6 6 0 010-12zM15 15l5 5",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 104 0 2 2 0 10-4 0zM7 17a2 2 0 104 0 2 2 0 10-4 0z",
  signOut: "M14 5H6v14h8M11 12h9M17 9l3 3-3 3",
  stop: "M7 7h10v10H7z",
  sun: "M12 8.2a3.8 3.8 0 110 7.6 3.8 3.8 0 010-7.6zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4",
  task: "M5 6h2M5 12h2M5 18h2M11 6h8M11 12h8M11 18h8",
  trash: "M5 7h14M10 4h4M7 7l.8 13h8.4L17 7M10.5 11v5M13.5 11v5",
  tunnel: "M4 19v-6a8 8 0 0116 0v6M8.5 19v-5.5a3.5 3.5 0 017 0V19M3 19h18",
  user: "M12 4.5a3.5 3.5 0 110 7 3.5 3.5 0 010-7zM5 20c.6-4 3.4-6 7-6s6.4 2 7 6",
  webhook: "M20 4L10.5 13.5M20 4l-6 16-3.5-6.5L4 10z",
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words that say the same; hidden from screen readers. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "dots" ? 2.6 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

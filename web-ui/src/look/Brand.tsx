import classes from "./Brand.module.css";

interface BrandProps {
  large?: boolean;
  /** What of it this is, where that is not all. */
  part?: string;
}

/** The raised bridge and the name. */
export function Brand({ large = false, part }: BrandProps) {
  const size = large ? 34 : 26;
  return (
    <span className={classes.brand} data-large={large || undefined}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="7" className={classes.tile} />
        <path d="M5 23h22M8 23v-6M24 23v-6M8 17l6.2-7.4M24 17l-6.2-7.4" className={classes.bridge} />
      </svg>
      Bascule
      {part && <span className={classes.part}>{part}</span>}
    </span>
  );
}

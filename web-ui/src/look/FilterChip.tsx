import classes from "./FilterChip.module.css";
import { Icon } from "./Icon";

/** A filter that is on and can be taken off. */
export function FilterChip({ children, onRemove }: { children: string; onRemove: () => void }) {
  return (
    <button type="button" className={classes.chip} onClick={onRemove} aria-label={`Remove filter ${children}`}>
      {children}
      <Icon name="close" size={13} />
    </button>
  );
}

import { useConnection } from "../api/connection";
import classes from "./LiveMark.module.css";

/** Whether changes come by themselves at once; nothing is said while that is not known yet. */
export function LiveMark() {
  const connection = useConnection();
  const away = connection === "away";
  return (
    <span
      className={classes.mark}
      data-connection={connection}
      role="status"
      title={
        away
          ? "The stream of changes broke off. Until it is back, pages ask every few seconds."
          : "Changes appear by themselves."
      }
    >
      <span className={classes.dot} aria-hidden="true" />
      {connection === "starting" ? "" : away ? "Reconnecting…" : "Live"}
    </span>
  );
}

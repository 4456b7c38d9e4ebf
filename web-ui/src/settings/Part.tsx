import { type ReactNode, useId } from "react";
import classes from "./Settings.module.css";

interface PartProps {
  title: string;
  about: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A list of the page, with what it is and how to add to it. */
export function Part({ title, about, action, children }: PartProps) {
  const id = useId();
  return (
    <section className={classes.part} aria-labelledby={id}>
      <header className={classes.partHeader}>
        <div>
          <h2 id={id} className={classes.partTitle}>
            {title}
          </h2>
          <p className={classes.soft}>{about}</p>
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}

import { ActionIcon, Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import classes from "./Copyable.module.css";
import { copyText } from "./copy";
import { Icon } from "./Icon";

const SHOWN_MILLIS = 1_600;

interface CopyButtonProps {
  /** The text, or what makes it where that is much work. */
  text: string | (() => string);
  what: string;
}

/** A button that copies a text and says so. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused">();
  useEffect(() => {
    if (!outcome) {
      return;
    }
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const words = outcome === "copied" ? "Copied" : outcome === "refused" ? "Select and copy by hand" : `Copy ${what}`;
  return (
    <Tooltip label={words} opened={outcome ? true : undefined}>
      <ActionIcon
        size="sm"
        aria-label={`Copy ${what}`}
        onClick={async (event) => {
          event.stopPropagation();
          setOutcome((await copyText(typeof text === "string" ? text : text())) ? "copied" : "refused");
        }}
      >
        <Icon name={outcome === "copied" ? "check" : "copy"} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

interface CommandProps {
  children: string;
  /** What the command does, in a few words. */
  purpose?: string;
  /** What is copied, where it is no command. */
  what?: string;
}

/** A command to run in a terminal. */
export function Command({ children, purpose, what = "command" }: CommandProps) {
  return (
    <div className={classes.block}>
      {purpose && <div className={classes.purpose}>{purpose}</div>}
      <div className={classes.command}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long command scrolls, also by keyboard */}
        <pre className={classes.text} tabIndex={0}>
          {children}
        </pre>
        <CopyButton text={children} what={what} />
      </div>
    </div>
  );
}

import { Textarea, type TextareaProps } from "@mantine/core";
import classes from "./JsonInput.module.css";

/** A place to write JSON. */
export function JsonInput(props: TextareaProps) {
  return <Textarea autosize={false} spellCheck={false} classNames={{ input: classes.json }} {...props} />;
}

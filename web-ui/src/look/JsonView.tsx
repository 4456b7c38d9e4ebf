import classes from "./JsonView.module.css";

/** Above this the text is shown in one colour: colouring would cost more than it helps. */
const COLOURED_UP_TO = 50_000;
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A value as indented, coloured JSON. */
export function JsonView({ value }: { value: unknown }) {
  const text = JSON.stringify(value, null, 2) ?? "null";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long values scroll, also by keyboard
    <pre className={classes.json} tabIndex={0}>
      {text.length > COLOURED_UP_TO ? text : coloured(text)}
    </pre>
  );
}

function coloured(text: string) {
  const parts: React.ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, colon] = match;
    const shown = string ?? token;
    parts.push(text.slice(end, match.index));
    parts.push(
      <span key={match.index} className={colon ? classes.name : string ? classes.string : classes.literal}>
        {shown}
      </span>,
    );
    end = match.index + shown.length;
  }
  parts.push(text.slice(end));
  return parts;
}

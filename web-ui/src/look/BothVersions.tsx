import { Button, Group, VisuallyHidden } from "@mantine/core";
import classes from "./BothVersions.module.css";
import type { Edited } from "./edited";

interface BothVersionsProps<F extends object> {
  edited: Pick<Edited<unknown, F>, "mine" | "theirs" | "takeTheirs">;
  /** What the fields are called, in their order. */
  names: Partial<Record<keyof F, string>>;
  isSaving: boolean;
}

/** In a form whose subject somebody else has changed meanwhile: what differs, and the choice. Else nothing. */
export function BothVersions<F extends object>({ edited, names, isSaving }: BothVersionsProps<F>) {
  const { mine, theirs, takeTheirs } = edited;
  if (!theirs) {
    return null;
  }
  const fields = (Object.keys(names) as (keyof F)[]).filter((field) => wordsOf(mine[field]) !== wordsOf(theirs[field]));
  return (
    <section className={classes.both} role="alert" aria-label="Both versions">
      <strong>Somebody else changed it meanwhile</strong>
      {fields.length === 0 ? (
        <span>They made it what you want it to be.</span>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <VisuallyHidden>Field</VisuallyHidden>
              </th>
              <th scope="col">Yours</th>
              <th scope="col">Theirs</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={String(field)}>
                <th scope="row">{names[field]}</th>
                <td>{wordsOf(mine[field]) || "–"}</td>
                <td>{wordsOf(theirs[field]) || "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Group gap="xs">
        {fields.length > 0 && (
          <Button type="submit" size="compact-sm" loading={isSaving}>
            Save mine over theirs
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={takeTheirs}>
          Go on from theirs
        </Button>
      </Group>
    </section>
  );
}

function wordsOf(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

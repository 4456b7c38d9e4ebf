import type { ToldOnce } from "../look/ShownOnce";
import { Time } from "../look/Time";
import classes from "./WebhookPage.module.css";

/** A signing secret, and what it is of. */
export interface NamedSecret {
  name: string;
  secret: string;
  /** Until then the secret before it signs, too. */
  previousSecretUntil?: string | null;
}

/** How the signing secret is told. */
export function signingSecret({ name, secret, previousSecretUntil }: NamedSecret): ToldOnce {
  return {
    about:
      "Your endpoint verifies with this secret that an event comes from here. It is shown this once: keep it where your endpoint finds it.",
    purpose: `Signing secret of ${name}`,
    what: "signing secret",
    secret,
    note: previousSecretUntil && (
      <p className={classes.note}>
        The secret before it ends <Time at={previousSecretUntil} />; until then both sign.
      </p>
    ),
  };
}

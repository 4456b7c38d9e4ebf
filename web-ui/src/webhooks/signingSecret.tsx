import type { ToldOnce } from "../look/ShownOnce";
import { Time } from "../look/Time";
import classes from "./WebhookPage.module.css";
import type { Signing } from "./webhooks";

/** How the signing secret is told. */
export function signingSecret({ name, secret, previousSecretUntil }: Signing): ToldOnce {
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

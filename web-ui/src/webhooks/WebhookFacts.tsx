import { useNow } from "../look/clock";
import { counted } from "../look/counted";
import { Panel } from "../look/Page";
import { Time } from "../look/Time";
import classes from "./WebhookPage.module.css";
import type { Webhook } from "./webhooks";

/** Where it leads, what it hears of, and why it does not when it does not. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { url, eventTypes, enabled, disabledAt, disabledReason, failures, previousSecretUntil } = webhook;
  const overlaps = useNow((now) => Number(Date.parse(previousSecretUntil ?? "") > now)) === 1;
  return (
    <Panel title="Details">
      <dl className={classes.facts}>
        {!enabled && (
          <>
            <dt>Disabled</dt>
            <dd>
              <Time at={disabledAt} />
              {disabledReason ? `: ${disabledReason}` : ", by a person"}
            </dd>
          </>
        )}
        {enabled && failures > 0 && (
          <>
            <dt>Health</dt>
            <dd>{counted(failures, "attempt")} in a row failed; it is tried again by itself.</dd>
          </>
        )}
        <dt>URL</dt>
        <dd>
          <code>{url}</code>
        </dd>
        <dt>Events</dt>
        <dd>
          <ul className={classes.types}>
            {eventTypes.map((type) => (
              <li key={type}>
                <code>{type}</code>
              </li>
            ))}
          </ul>
        </dd>
        {overlaps && (
          <>
            <dt>Secret before</dt>
            <dd>
              signs, too; ends <Time at={previousSecretUntil} />
            </dd>
          </>
        )}
        <dt>Created</dt>
        <dd>
          <Time at={webhook.createdAt} /> by {webhook.createdBy.name}
        </dd>
      </dl>
    </Panel>
  );
}

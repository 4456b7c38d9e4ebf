import { useNow } from "../look/clock";
import { counted } from "../look/counted";
import { Fact, Facts } from "../look/Facts";
import { Panel } from "../look/Page";
import { Time } from "../look/Time";
import classes from "./WebhookPage.module.css";
import type { Webhook } from "./webhooks";

/** Where it leads, what it hears of, and why it does not when it does not. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { url, eventTypes, enabled, disabledAt, disabledReason, failures, previousSecretUntil } = webhook;
  const overlaps = useNow((now) => Date.parse(previousSecretUntil ?? "") > now);
  return (
    <Panel title="Details">
      <Facts>
        {!enabled && (
          <Fact name="Disabled">
            <Time at={disabledAt} />
            {disabledReason ? `: ${disabledReason}` : ", by a person"}
          </Fact>
        )}
        {enabled && failures > 0 && (
          <Fact name="Health">{counted(failures, "attempt")} in a row failed; it is tried again by itself.</Fact>
        )}
        <Fact name="URL">
          <code>{url}</code>
        </Fact>
        <Fact name="Events">
          <ul className={classes.types}>
            {eventTypes.map((type) => (
              <li key={type}>
                <code>{type}</code>
              </li>
            ))}
          </ul>
        </Fact>
        {overlaps && (
          <Fact name="Secret before">
            signs, too; ends <Time at={previousSecretUntil} />
          </Fact>
        )}
        <Fact name="Created">
          <Time at={webhook.createdAt} /> by {webhook.createdBy.name}
        </Fact>
      </Facts>
    </Panel>
  );
}

package io.bascule.api.webhooks.delivery;

import io.bascule.api.keys.WebhookSeal;
import io.bascule.api.webhooks.delivery.DueDelivery.Endpoint;
import io.bascule.api.webhooks.delivery.DueDelivery.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives out deliveries that are due, by the database's clock: to the workspaces that hold the fewest of a pod's places first, of
 * each the webhooks served longest ago, and of each webhook no more at once over all pods than its limit. A claim that is not settled within the lease counts as lost, and the delivery is due again.
 */
class DeliveryQueue {

    private static final Logger log = LoggerFactory.getLogger(DeliveryQueue.class);

    /** Longer than any attempt and its settlement take. */
    private static final Duration LEASE = WebhookProperties.LONGEST_TIMEOUT.multipliedBy(3);

    /** So many more of a webhook may be sent. */
    private static final String PLACES = """
            case when w.failures >= :many then 1 else :limit end - (
                select count(*) from webhook_deliveries s
                where s.webhook_id = w.id and s.state = 'sending' and s.next_at > clock_timestamp())""";

    /** How many places the workspaces hold. */
    private static final String HOLDERS = """
            workspaces k left join unnest(:workspaces::text[], :held::int[]) as h (workspace, held) on h.workspace = k.name""";

    /** Whoever holds a webhook's row alone claims for it, so that two pods together do not exceed its limit. */
    private static final String READY = """
            select w.id from webhooks w join (
                select w.id, coalesce(h.held, 0)
                    + row_number() over (partition by w.workspace_id order by w.served_at, w.id) as place
                from webhooks w join (%s) on k.id = w.workspace_id
                where w.disabled_at is null and w.rests_until <= clock_timestamp() and exists (
                    select 1 from webhook_deliveries d where d.webhook_id = w.id and d.next_at <= clock_timestamp())
                    and %s > 0) turn on turn.id = w.id
            where turn.place <= :share
            order by turn.place, w.served_at, w.id limit :most for no key update of w skip locked""".formatted(HOLDERS, PLACES);

    private static final String CLAIM = """
            with room as materialized (
                select w.id, w.workspace_id, w.served_at, coalesce(h.held, 0) as held, %s as places
                from webhooks w join (%s) on k.id = w.workspace_id where w.id = any(:ready::uuid[])
            ), due as materialized (
                select d.id, d.turn, room.workspace_id, room.served_at, room.held from room cross join lateral (
                    select d.id, row_number() over () as turn from (
                        select d.id from webhook_deliveries d
                        where d.webhook_id = room.id and d.next_at <= clock_timestamp()
                        order by d.next_at limit greatest(room.places, 0) for update skip locked) d) d
            ), turns as (
                select id, turn, held + row_number() over (partition by workspace_id order by turn, served_at, id) as place
                from due
            ), picked as materialized (
                select id from turns where place <= :share order by place, turn limit :most
            ), claimed as (
                update webhook_deliveries d
                set state = 'sending', attempt = d.attempt + 1, next_at = clock_timestamp() + :lease * interval '1 ms',
                    last_attempt_at = clock_timestamp()
                from picked where d.id = picked.id
                returning d.id, d.webhook_id, d.event_id, d.body, d.attempt, d.failures, d.url as callback_url
            ), served as (
                update webhooks w set served_at = clock_timestamp()
                where w.id in (select webhook_id from claimed)
                returning w.id, w.workspace_id, w.callback_origin is not null as calls_back, w.url, w.sealed_secret,
                    w.sealed_previous_secret, w.previous_secret_until
            ), signers as (
                select id, workspace_id, id as seal, url, sealed_secret, sealed_previous_secret, previous_secret_until
                from served where not calls_back
                union all
                select s.id, s.workspace_id, s.workspace_id, s.url, c.sealed_secret, c.sealed_previous_secret, c.previous_secret_until
                from served s left join callback_secrets c on c.workspace_id = s.workspace_id where s.calls_back
            )
            select c.*, coalesce(c.callback_url, s.url) as url, s.seal, s.sealed_secret, k.name as workspace,
                case when s.previous_secret_until > clock_timestamp() then s.sealed_previous_secret end as previous
            from claimed c join signers s on s.id = c.webhook_id join workspaces k on k.id = s.workspace_id""".formatted(PLACES, HOLDERS);

    private static final String HAND_BACK = """
            update webhook_deliveries set state = 'waiting', next_at = clock_timestamp()
            where id = ? and attempt = ? and state = 'sending'""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final WebhookSeal seals;

    DeliveryQueue(JdbcClient database, TransactionTemplate transaction, WebhookSeal seals) {
        this.database = database;
        this.transaction = transaction;
        this.seals = seals;
    }

    /** Claims what is due and there is room for. */
    List<DueDelivery> claim(Room room) {
        return transaction.execute(_ -> {
            List<String> ready =
                    bound(READY, room).query((row, _) -> text(row, "id")).list();
            return ready.isEmpty() ? List.of() : claim(ready, room);
        });
    }

    private List<DueDelivery> claim(List<String> ready, Room room) {
        return bound(CLAIM, room)
                .param("ready", ready.toArray(String[]::new))
                .param("lease", LEASE.toMillis())
                .query((row, _) -> delivery(row))
                .list();
    }

    private StatementSpec bound(String statement, Room room) {
        List<Map.Entry<String, Integer>> held = List.copyOf(room.held().entrySet());
        return database.sql(statement)
                .param("many", EndpointHealth.MANY)
                .param("limit", room.perEndpoint())
                .param("share", room.perWorkspace())
                .param("workspaces", held.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param("held", held.stream().map(Map.Entry::getValue).toArray(Integer[]::new))
                .param("most", room.most());
    }

    /** Lets another pod send it at once; it counts as no failure. */
    void handBack(DueDelivery delivery) {
        database.sql(HAND_BACK).params(delivery.id(), delivery.attempt()).update();
    }

    private DueDelivery delivery(ResultSet row) throws SQLException {
        return new DueDelivery(
                row.getObject("id", UUID.class),
                new Endpoint(
                        row.getObject("webhook_id", UUID.class),
                        text(row, "workspace"),
                        text(row, "url"),
                        secrets(row, row.getObject("seal", UUID.class))),
                new Message(text(row, "event_id"), text(row, "body")),
                row.getInt("attempt"),
                row.getInt("failures"));
    }

    /** @param seal what they are sealed with: the id of the webhook, or of the workspace whose callbacks they sign */
    private List<SigningSecret> secrets(ResultSet row, UUID seal) throws SQLException {
        byte[] present = row.getBytes("sealed_secret");
        byte[] previous = row.getBytes("previous");
        List<SigningSecret> secrets = new ArrayList<>();
        try {
            if (present != null) {
                secrets.add(SigningSecret.of(seals.open(present, seal)));
            }
            if (previous != null) {
                secrets.add(SigningSecret.of(seals.open(previous, seal)));
            }
            return secrets;
        } catch (IllegalStateException unreadable) {
            log.warn("A delivery is not sent: {}", unreadable.getMessage());
            return List.of();
        }
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    /**
     * What a pod can take.
     *
     * @param most so many, at most
     * @param perEndpoint so many of one webhook at once, over all pods
     * @param perWorkspace so many of one workspace at once, on this pod
     * @param held how many this pod has of each workspace, by the workspace's name
     */
    record Room(int most, int perEndpoint, int perWorkspace, Map<String, Integer> held) {

        Room {
            held = Map.copyOf(held);
        }
    }
}

package io.bascule.api.webhooks;

import io.bascule.api.webhooks.delivery.EventBody;
import io.bascule.events.CloudEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deliveries of one webhook, or of the callbacks of one workspace, as people read them and ask for them. */
@Component
class JdbcDeliveries {

    private static final String SELECT = """
            select id, event_id, event_type, body, state, attempt, created_at, last_attempt_at, last_status, last_error,
                finished_at, case when state = 'waiting' then next_at end as next_attempt_at, task_id, url
            from webhook_deliveries where\s""";

    private static final String AGAIN = """
            update webhook_deliveries set state = 'waiting', failures = 0, next_at = clock_timestamp(),
                wanted_at = clock_timestamp(), finished_at = null
            where id = :id and state <> 'sending' and\s""";

    private final JdbcClient database;

    JdbcDeliveries(JdbcClient database) {
        this.database = database;
    }

    /** Newest first, before the given one. */
    List<Delivery> list(Owner owner, @Nullable String state, @Nullable UUID before, int most) {
        return database.sql(SELECT + owner.condition() + """
                         and (:state::text is null or state = :state) and (:before::uuid is null or id < :before::uuid)
                        order by id desc limit :most""")
                .param("owner", owner.id())
                .param("state", state)
                .param("before", before)
                .param("most", most)
                .query((row, _) -> delivery(row))
                .list();
    }

    /** What tells of the ends of a task, newest first. */
    List<Delivery> ofTask(UUID workspace, UUID task, int most) {
        return database.sql(SELECT + "workspace_id = ? and task_id = ? order by id desc limit ?")
                .params(workspace, task, most)
                .query((row, _) -> delivery(row))
                .list();
    }

    Optional<Delivery> find(Owner owner, UUID id) {
        return database.sql(SELECT + owner.condition() + " and id = :id")
                .param("owner", owner.id())
                .param("id", id)
                .query((row, _) -> delivery(row))
                .optional();
    }

    /** Has it sent again, with its failures forgotten; what is being sent at the moment is left alone. */
    void again(Owner owner, UUID id) {
        database.sql(AGAIN + owner.condition())
                .param("owner", owner.id())
                .param("id", id)
                .update();
    }

    /** Has an event sent that is in no topic; returns the delivery's id. */
    UUID add(UUID webhook, CloudEvent event) {
        return database.sql("""
                        insert into webhook_deliveries (webhook_id, event_id, event_type, body) values (?, ?, ?, ?)
                        returning id""")
                .params(webhook, event.id(), event.type(), EventBody.of(event))
                .query(UUID.class)
                .single();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        int status = row.getInt("last_status");
        return new Delivery(
                row.getObject("id", UUID.class),
                text(row, "event_id"),
                text(row, "event_type"),
                text(row, "state"),
                row.getInt("attempt"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "last_attempt_at"),
                instant(row, "next_attempt_at"),
                instant(row, "finished_at"),
                status == 0 ? null : status,
                row.getString("last_error"),
                row.getObject("task_id", UUID.class),
                row.getString("url"),
                text(row, "body"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }

    /** Whose deliveries. */
    sealed interface Owner {

        UUID id();

        String condition();

        record OfWebhook(UUID id) implements Owner {

            @Override
            public String condition() {
                return "webhook_id = :owner";
            }
        }

        /** @param id the workspace's */
        record OfCallbacks(UUID id) implements Owner {

            @Override
            public String condition() {
                return "workspace_id = :owner";
            }
        }
    }
}

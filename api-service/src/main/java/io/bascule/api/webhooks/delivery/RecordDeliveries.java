package io.bascule.api.webhooks.delivery;

import io.bascule.events.CloudEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes a delivery of each event for each webhook that wants it, and for its task's callback. Recording an event again changes nothing. */
class RecordDeliveries {

    private static final Logger log = LoggerFactory.getLogger(RecordDeliveries.class);

    private static final String WEBHOOKS = """
            select id, workspace_id, event_types, created_at from webhooks
            where workspace_id = any(?::uuid[]) and disabled_at is null and event_types <> '{}'""";

    /** The rows of the webhooks in one order, so that two batches cannot wait for each other. */
    private static final String INSERT = """
            insert into webhook_deliveries (webhook_id, event_id, event_type, body)
            select w.id, n.event_id, n.event_type, n.body
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) with ordinality
                as n (webhook_id, event_id, event_type, body, position)
            join webhooks w on w.id = n.webhook_id
            order by w.id, n.position
            on conflict (webhook_id, event_id) do nothing""";

    private final JdbcClient database;
    private final RecordCallbacks callbacks;

    RecordDeliveries(JdbcClient database) {
        this.database = database;
        this.callbacks = new RecordCallbacks(database);
    }

    /**
     * Stores what a batch of events means for webhooks and callbacks. An event that the database does not take is passed over, so that it does
     * not hold up the others.
     *
     * @return how many deliveries are new
     */
    int record(List<CloudEvent> events) {
        try {
            return recordAll(events);
        } catch (DataIntegrityViolationException oneOfThem) {
            log.debug("One of a batch of events cannot be stored", oneOfThem);
            return events.stream().mapToInt(this::recordAlone).sum();
        }
    }

    private int recordAlone(CloudEvent event) {
        try {
            return recordAll(List.of(event));
        } catch (DataIntegrityViolationException unusable) {
            log.warn("Event {} cannot be stored for webhooks and is passed over", event.id(), unusable);
            return 0;
        }
    }

    private int recordAll(List<CloudEvent> events) {
        return recordForWebhooks(events) + callbacks.record(events);
    }

    private int recordForWebhooks(List<CloudEvent> events) {
        List<Wanted> wanted = wanted(events);
        if (wanted.isEmpty()) {
            return 0;
        }
        return database.sql(INSERT)
                .params(List.of(
                        column(wanted, one -> one.webhook().toString()),
                        column(wanted, one -> one.event().id()),
                        column(wanted, one -> one.event().type()),
                        column(wanted, one -> EventBody.of(one.event()))))
                .update();
    }

    private List<Wanted> wanted(List<CloudEvent> events) {
        List<Listener> listeners = listeners(events);
        List<Wanted> wanted = new ArrayList<>();
        for (CloudEvent event : events) {
            listeners.stream()
                    .filter(listener -> listener.wants(event))
                    .map(listener -> new Wanted(listener.webhook(), event))
                    .forEach(wanted::add);
        }
        return wanted;
    }

    private List<Listener> listeners(List<CloudEvent> events) {
        String[] workspaces = events.stream()
                .map(CloudEvent::workspace)
                .filter(Objects::nonNull)
                .map(UUID::toString)
                .distinct()
                .toArray(String[]::new);
        if (workspaces.length == 0) {
            return List.of();
        }
        return database.sql(WEBHOOKS)
                .param(workspaces)
                .query((row, _) -> listener(row))
                .list();
    }

    private static Listener listener(ResultSet row) throws SQLException {
        return new Listener(
                row.getObject("id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                new EventTypes(
                        Arrays.asList((String[]) row.getArray("event_types").getArray())),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static String[] column(List<Wanted> wanted, Function<Wanted, String> value) {
        return wanted.stream().map(value).toArray(String[]::new);
    }

    /** A webhook hears of what happens after it was made. */
    private record Listener(UUID webhook, UUID workspace, EventTypes types, Instant since) {

        boolean wants(CloudEvent event) {
            return workspace.equals(event.workspace())
                    && types.include(event.type())
                    && !event.time().isBefore(since);
        }
    }

    private record Wanted(UUID webhook, CloudEvent event) {}
}

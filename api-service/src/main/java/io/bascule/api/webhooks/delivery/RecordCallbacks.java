package io.bascule.api.webhooks.delivery;

import io.bascule.events.CloudEvent;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes a delivery of each end of a task that has a callback, and the row of its origin, for which the delivery counts. Recording an
 * event again changes nothing.
 */
class RecordCallbacks {

    /** So many origins of a workspace have a row of their own; the others share one. */
    static final int MOST_ORIGINS = 1_000;

    private static final String FINISHED = "io.bascule.task.finished";

    private static final String CALLBACKS =
            "select task_id, workspace_id, url from task_callbacks where task_id = any(?::uuid[])";

    /** The rows of origins in one order, so that two batches cannot wait for each other. */
    private static final String INSERT = """
            with ends as materialized (
                select * from unnest(:tasks::uuid[], :workspaces::uuid[], :urls::text[], :origins::text[], :events::text[],
                    :types::text[], :bodies::text[]) with ordinality
                as e (task_id, workspace_id, url, origin, event_id, event_type, body, position)
            ), crowded as materialized (
                select w.workspace_id from webhooks w
                where w.workspace_id in (select workspace_id from ends) and w.callback_origin is not null
                group by w.workspace_id having count(*) >= :most
            ), placed as materialized (
                select e.*, case when e.workspace_id not in (select workspace_id from crowded) or exists (
                        select 1 from webhooks w where w.workspace_id = e.workspace_id and w.callback_origin = e.origin)
                    then e.origin else '' end as place
                from ends e
            ), rows as (
                insert into webhooks (id, workspace_id, name, url, event_types, description, callback_origin)
                select id, workspace_id, id::text, coalesce(nullif(place, ''), '*'), '{}', '', place from (
                    select uuidv7() as id, workspace_id, place
                    from (select distinct workspace_id, place from placed order by workspace_id, place) o offset 0) fresh
                on conflict (workspace_id, callback_origin) where callback_origin is not null
                    do update set callback_origin = excluded.callback_origin
                returning id, workspace_id, callback_origin
            )
            insert into webhook_deliveries (webhook_id, event_id, event_type, body, workspace_id, task_id, url)
            select w.id, p.event_id, p.event_type, p.body, p.workspace_id, p.task_id, p.url
            from placed p join rows w on w.workspace_id = p.workspace_id and w.callback_origin = p.place
            order by w.id, p.position
            on conflict do nothing""";

    private final JdbcClient database;

    RecordCallbacks(JdbcClient database) {
        this.database = database;
    }

    /** Returns how many deliveries are new. */
    int record(List<CloudEvent> events) {
        List<End> ends = ends(events);
        if (ends.isEmpty()) {
            return 0;
        }
        return database.sql(INSERT)
                .param("tasks", column(ends, end -> end.callback().task().toString()))
                .param(
                        "workspaces",
                        column(ends, end -> end.callback().workspace().toString()))
                .param("urls", column(ends, end -> end.callback().url()))
                .param("origins", column(ends, end -> origin(end.callback().url())))
                .param("events", column(ends, end -> end.event().id()))
                .param("types", column(ends, end -> end.event().type()))
                .param("bodies", column(ends, end -> EventBody.of(end.event())))
                .param("most", MOST_ORIGINS)
                .update();
    }

    private List<End> ends(List<CloudEvent> events) {
        List<CloudEvent> finished =
                events.stream().filter(event -> event.type().equals(FINISHED)).toList();
        Map<UUID, Callback> callbacks = callbacks(finished);
        List<End> ends = new ArrayList<>();
        for (CloudEvent event : finished) {
            task(event)
                    .map(callbacks::get)
                    .filter(callback -> callback.workspace().equals(event.workspace()))
                    .map(callback -> new End(callback, event))
                    .ifPresent(ends::add);
        }
        return ends;
    }

    private Map<UUID, Callback> callbacks(List<CloudEvent> finished) {
        String[] tasks = finished.stream()
                .map(RecordCallbacks::task)
                .flatMap(Optional::stream)
                .map(UUID::toString)
                .toArray(String[]::new);
        Map<UUID, Callback> callbacks = new HashMap<>();
        if (tasks.length > 0) {
            database.sql(CALLBACKS)
                    .param(tasks)
                    .query((row, _) -> callback(row))
                    .list()
                    .forEach(callback -> callbacks.put(callback.task(), callback));
        }
        return callbacks;
    }

    private static Callback callback(ResultSet row) throws SQLException {
        return new Callback(
                row.getObject("task_id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                Objects.requireNonNull(row.getString("url")));
    }

    private static Optional<UUID> task(CloudEvent event) {
        try {
            return Optional.of(UUID.fromString(event.subject()));
        } catch (IllegalArgumentException noTask) {
            return Optional.empty();
        }
    }

    /** With its port, also where that is the scheme's own. */
    static String origin(String url) {
        URI address = URI.create(url);
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int port = address.getPort() == -1 ? (scheme.equals("https") ? 443 : 80) : address.getPort();
        return "%s://%s:%d".formatted(scheme, String.valueOf(address.getHost()).toLowerCase(Locale.ROOT), port);
    }

    private static String[] column(List<End> ends, Function<End, String> value) {
        return ends.stream().map(value).toArray(String[]::new);
    }

    private record Callback(UUID task, UUID workspace, String url) {}

    private record End(Callback callback, CloudEvent event) {}
}

package io.bascule.api.webhooks;

import io.bascule.api.webhooks.Webhook.Settings;
import io.bascule.api.webhooks.Webhook.Standing;
import io.bascule.tasks.Submitter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Webhooks as people read and change them; every method is within one workspace. One that wants no events is being removed: nobody
 * sees it any more, and the sweep of deliveries removes the rest of it.
 */
@Component
class JdbcWebhooks {

    private static final String SELECT = """
            select w.id, w.workspace_id, w.name, w.url, w.event_types, w.description, w.created_by, u.username as created_by_name,
                w.created_at, w.updated_at, w.disabled_at, w.disabled_reason, w.failures, w.version,
                case when w.previous_secret_until > clock_timestamp() then w.previous_secret_until end as previous_until
            from webhooks w join users u on u.id = w.created_by and w.event_types <> '{}'
            """;

    private static final String INSERT = """
            insert into webhooks (id, workspace_id, name, url, event_types, description, sealed_secret, disabled_at, created_by)
            values (:id, :workspace, :name, :url, :types::text[], :description, :secret,
                case when not :enabled then clock_timestamp() end, :creator)
            on conflict (workspace_id, name) do nothing""";

    /** A webhook that is enabled anew, or leads elsewhere, begins without its failures. */
    private static final String UPDATE = """
            update webhooks set name = :name, url = :url, event_types = :types::text[], description = :description,
                disabled_at = case when not :enabled then coalesce(disabled_at, clock_timestamp()) end,
                disabled_reason = case when not :enabled then disabled_reason end,
                failures = case when :afresh then 0 else failures end,
                failing_since = case when not :afresh then failing_since end,
                rests_until = case when :afresh then 'epoch' else rests_until end,
                updated_at = clock_timestamp(), version = version + 1
            where id = :id and workspace_id = :workspace""";

    private static final String ROTATE = """
            update webhooks set sealed_previous_secret = case when :overlap > 0 then sealed_secret end,
                previous_secret_until = case when :overlap > 0 then clock_timestamp() + :overlap * interval '1 s' end,
                sealed_secret = :secret, updated_at = clock_timestamp(), version = version + 1
            where id = :id and workspace_id = :workspace""";

    private static final String REMOVE_DELIVERIES = """
            delete from webhook_deliveries where id = any (array(
                select id from webhook_deliveries where webhook_id = ? limit ?))""";

    /** Its name is free again. */
    private static final String RETIRE = """
            update webhooks set event_types = '{}', name = id::text, disabled_at = coalesce(disabled_at, clock_timestamp()),
                version = version + 1
            where workspace_id = ? and id = ?""";

    /** So many deliveries go with their webhook at once; more would take longer than a request may. */
    static final int AT_ONCE = 1_000;

    private final JdbcClient database;

    JdbcWebhooks(JdbcClient database) {
        this.database = database;
    }

    /** Says whether it was stored; not, when its name is taken. */
    boolean insert(NewWebhook webhook, byte[] sealedSecret) {
        return database.sql(INSERT)
                        .params(columns(webhook.settings()))
                        .param("id", webhook.id())
                        .param("workspace", webhook.workspace())
                        .param("enabled", webhook.enabled())
                        .param("secret", sealedSecret)
                        .param("creator", webhook.creator())
                        .update()
                == 1;
    }

    /**
     * Stores new settings.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another has its name
     */
    void update(Webhook before, Settings settings, boolean enabled) {
        boolean enabledAnew = enabled && before.standing().disabledAt() != null;
        boolean afresh = enabledAnew || !settings.url().equals(before.settings().url());
        database.sql(UPDATE)
                .params(columns(settings))
                .param("id", before.id())
                .param("workspace", before.workspace())
                .param("enabled", enabled)
                .param("afresh", afresh)
                .update();
    }

    /** @param overlap for so long the present secret signs beside the new one */
    void rotate(Webhook webhook, byte[] sealedSecret, Duration overlap) {
        database.sql(ROTATE)
                .param("overlap", overlap.toSeconds())
                .param("secret", sealedSecret)
                .param("id", webhook.id())
                .param("workspace", webhook.workspace())
                .update();
    }

    /** Nobody sees it from now on. The caller has locked it. */
    void delete(UUID workspace, UUID id) {
        int removed = database.sql(REMOVE_DELIVERIES).params(id, AT_ONCE).update();
        database.sql(removed < AT_ONCE ? "delete from webhooks where workspace_id = ? and id = ?" : RETIRE)
                .params(workspace, id)
                .update();
    }

    Optional<Webhook> find(UUID workspace, UUID id) {
        return one("where w.workspace_id = ? and w.id = ?", workspace, id);
    }

    Optional<Webhook> find(UUID workspace, String name) {
        return one("where w.workspace_id = ? and w.name = ?", workspace, name);
    }

    /** Until the transaction ends nobody else changes it. */
    Optional<Webhook> lock(UUID workspace, UUID id) {
        return one("where w.workspace_id = ? and w.id = ? for update of w", workspace, id);
    }

    /** By name, after the given one. */
    List<Webhook> list(UUID workspace, String after, int most) {
        return database.sql(SELECT + "where w.workspace_id = ? and w.name > ? order by w.name limit ?")
                .params(workspace, after, most)
                .query((row, _) -> webhook(row))
                .list();
    }

    private Optional<Webhook> one(String where, Object... parameters) {
        return database.sql(SELECT + where)
                .params(parameters)
                .query((row, _) -> webhook(row))
                .optional();
    }

    private static Map<String, Object> columns(Settings settings) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("name", settings.name());
        columns.put("url", settings.url());
        columns.put("types", settings.eventTypes().toArray(String[]::new));
        columns.put("description", settings.description());
        return columns;
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        var settings = new Settings(
                text(row, "name"),
                text(row, "url"),
                Arrays.asList((String[]) row.getArray("event_types").getArray()),
                text(row, "description"));
        var standing = new Standing(
                new Submitter(row.getObject("created_by", UUID.class), text(row, "created_by_name")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                instant(row, "disabled_at"),
                row.getString("disabled_reason"),
                row.getInt("failures"),
                instant(row, "previous_until"));
        return new Webhook(
                row.getObject("id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                settings,
                standing,
                row.getLong("version"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }

    /** A webhook to be stored. */
    record NewWebhook(UUID id, UUID workspace, Settings settings, boolean enabled, UUID creator) {}
}

package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Standing;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.RoundTrip.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hands waiting tasks to workers: fairly over workspaces, never more than asked for, never beyond a queue's limit. */
public class JdbcClaims {

    /** How many workspaces one claim looks at, at least. */
    private static final int SMALLEST_RING = 16;

    private static final UUID LAST = new UUID(-1, -1);
    private static final ParsedSql INSTANT = NamedParameterUtils.parseSqlStatement(ClaimSql.INSTANT);
    private static final ParsedSql QUEUED = NamedParameterUtils.parseSqlStatement(ClaimSql.QUEUED);

    private final JdbcClient database;

    public JdbcClaims(JdbcClient database) {
        this.database = database;
    }

    /** Claims for a worker; the lease runs from now by the database's clock. */
    public Claimed claim(ClaimRequest request) {
        var found = new Found(request);
        Query query = found.query();
        database.sql(query.sql()).params(query.parameters()).query(query.rows());
        return found.claimed();
    }

    static ClaimedTask claimedTask(ResultSet row) throws SQLException {
        return new ClaimedTask(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "workspace_id"),
                Columns.text(row, "queue"),
                Columns.text(row, "type"),
                standing(row),
                Columns.text(row, "input"),
                Columns.labels(row, "labels"),
                new Submitter(Columns.uuid(row, "submitted_by"), Columns.text(row, "submitted_by_name")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "run_at"),
                Columns.instant(row, "claimed_at"),
                row.getString("checkpoint"),
                row.getString("reply_to"));
    }

    static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                TaskState.of(Columns.text(row, "state")),
                row.getInt("attempt"),
                row.getInt("failures"),
                row.getInt("losses"),
                new RetryPolicy(row.getInt("max_failures"), Duration.ofMillis(row.getLong("backoff_millis"))),
                Columns.instantOrNull(row, "deadline"),
                row.getObject("cancel_requested_at") != null);
    }

    /** One claim: its query, and what its rows say: the ring's extent on each, a task on those that have one. */
    static final class Found {

        private final ClaimRequest request;
        private final int ring;
        private final List<ClaimedTask> tasks = new ArrayList<>();
        private final Map<UUID, Integer> parts = new HashMap<>();
        private UUID after;
        private int furthest;
        private int size;

        Found(ClaimRequest request) {
            this.request = request;
            this.ring = Math.max(SMALLEST_RING, request.room() + request.busy().size());
            this.after = request.after();
        }

        Query query() {
            Map<UUID, Integer> busy = request.busy();
            Map<String, Object> parameters = Map.ofEntries(
                    Map.entry("lane", request.lane().word()),
                    Map.entry("worker", request.worker()),
                    Map.entry("lease", request.lease().toMillis()),
                    Map.entry("room", request.room()),
                    Map.entry("share", request.share()),
                    Map.entry("ring", ring),
                    Map.entry("after", request.after()),
                    Map.entry("last", LAST),
                    Map.entry("workspaces", texts(List.copyOf(busy.keySet()), workspace -> workspace)),
                    Map.entry("slots", texts(List.copyOf(busy.values()), slots -> slots)));
            return switch (request.lane()) {
                case INSTANT -> Query.of(INSTANT, parameters, this::add);
                case QUEUED -> Query.of(QUEUED, parameters, this::add);
            };
        }

        private void add(ResultSet row) throws SQLException {
            size = row.getInt("ring_size");
            if (row.getObject("id") != null) {
                ClaimedTask task = claimedTask(row);
                tasks.add(task);
                parts.merge(task.workspace(), 1, Integer::sum);
                goOnAfter(row.getInt("position"), task.workspace());
            } else if (size > 0) {
                after = Columns.uuid(row, "ring_end");
            }
        }

        private void goOnAfter(int position, UUID workspace) {
            if (position > furthest) {
                furthest = position;
                after = workspace;
            }
        }

        Claimed claimed() {
            int part = Math.ceilDiv(request.room(), Math.max(size, 1));
            boolean filled = parts.values().stream().anyMatch(taken -> taken >= part);
            return new Claimed(tasks, after, filled || size == ring);
        }
    }
}

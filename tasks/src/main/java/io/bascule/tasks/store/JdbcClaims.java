package io.bascule.tasks.store;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Standing;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hands waiting tasks to workers: fairly over workspaces, never more than asked for, never beyond a queue's limit. */
public class JdbcClaims {

    /** How many workspaces one claim looks at, at least. */
    private static final int SMALLEST_RING = 16;

    private final JdbcClient database;

    public JdbcClaims(JdbcClient database) {
        this.database = database;
    }

    /** Claims for a worker; the lease runs from now by the database's clock. */
    public Claimed claim(ClaimRequest request) {
        int ring = Math.max(SMALLEST_RING, request.room() + request.busy().size());
        var found = new Found(request, ring);
        database.sql(
                        switch (request.lane()) {
                            case INSTANT -> ClaimSql.INSTANT;
                            case QUEUED -> ClaimSql.QUEUED;
                        })
                .param("lane", request.lane().word())
                .param("worker", request.worker())
                .param("lease", request.lease().toMillis())
                .param("room", request.room())
                .param("share", request.share())
                .param("ring", ring)
                .param("after", request.after())
                .param(
                        "workspaces",
                        request.busy().keySet().stream().map(UUID::toString).toArray(String[]::new))
                .param(
                        "slots",
                        request.busy().values().stream().map(String::valueOf).toArray(String[]::new))
                .query(found::add);
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

    /** Collects the rows of one claim: the ring's extent on each, a task on those that have one. */
    private static final class Found {

        private final List<ClaimedTask> tasks = new ArrayList<>();
        private final Map<UUID, Integer> parts = new HashMap<>();
        private final int room;
        private final int ring;
        private UUID after;
        private int furthest;
        private int size;

        Found(ClaimRequest request, int ring) {
            this.after = request.after();
            this.room = request.room();
            this.ring = ring;
        }

        void add(ResultSet row) throws SQLException {
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
            int part = Math.ceilDiv(room, Math.max(size, 1));
            boolean filled = parts.values().stream().anyMatch(taken -> taken >= part);
            return new Claimed(tasks, after, filled || size == ring);
        }
    }
}

package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.elements;
import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Standing;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.RoundTrip.Query;
import io.bascule.tasks.store.Tour.Leg;
import io.bascule.tasks.store.Tour.Visit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hands waiting tasks to workers: fairly over workspaces, never more than asked for, never beyond a queue's limit. */
public class JdbcClaims {

    /** How many workspaces one claim looks at, at least. */
    static final int SMALLEST_RING = 16;

    private static final UUID LAST = new UUID(-1, -1);
    private static final ParsedSql INSTANT = NamedParameterUtils.parseSqlStatement(ClaimSql.INSTANT);
    private static final ParsedSql QUEUED = NamedParameterUtils.parseSqlStatement(QueuedClaimSql.SQL);

    private final JdbcClient database;

    public JdbcClaims(JdbcClient database) {
        this.database = database;
    }

    /** Claims for a worker; the lease runs from now by the database's clock. */
    public Claimed claim(ClaimRequest request) {
        ClaimQuery claim = ClaimQuery.of(request);
        Query query = claim.query();
        database.sql(query.sql()).params(query.parameters()).query(query.rows());
        return claim.claimed();
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
    static final class Found implements ClaimQuery {

        private final ClaimRequest request;
        private final int ring;
        private final List<ClaimedTask> tasks = new ArrayList<>();
        private final Map<UUID, Integer> parts = new HashMap<>();
        private final Map<UUID, Floor> floors = new HashMap<>();
        private final List<UUID> ringWorkspaces = new ArrayList<>();
        private final List<Visit> visited = new ArrayList<>();
        private UUID end;
        private @Nullable UUID served;
        private int furthest;
        private int size;
        private int visits;
        private int candidates;

        Found(ClaimRequest request) {
            this.request = request;
            this.ring = Math.max(SMALLEST_RING, request.room() + request.busy().size());
            this.end = request.tour().after();
        }

        @Override
        public Query query() {
            return switch (request.lane()) {
                case INSTANT -> Query.of(INSTANT, instantParameters(), this::add);
                case QUEUED -> Query.of(QUEUED, queuedParameters(), this::add);
            };
        }

        private Map<String, Object> parameters() {
            Map<UUID, Integer> busy = request.busy();
            return Map.ofEntries(
                    Map.entry("lane", request.lane().word()),
                    Map.entry("worker", request.worker()),
                    Map.entry("lease", request.lease().toMillis()),
                    Map.entry("room", request.room()),
                    Map.entry("share", request.share()),
                    Map.entry("ring", ring),
                    Map.entry("after", request.tour().after()),
                    Map.entry("last", LAST),
                    Map.entry("workspaces", texts(List.copyOf(busy.keySet()), workspace -> workspace)),
                    Map.entry("slots", texts(List.copyOf(busy.values()), slots -> slots)));
        }

        private Map<String, Object> instantParameters() {
            List<Map.Entry<UUID, Floor>> given = List.copyOf(request.floors().entrySet());
            Map<String, Object> parameters = new HashMap<>(parameters());
            parameters.put("floor", lowest());
            parameters.put("floored", texts(given, Map.Entry::getKey));
            parameters.put("sinces", texts(given, floor -> floor.getValue().since()));
            parameters.put("priorities", texts(given, floor -> floor.getValue().priority()));
            return parameters;
        }

        /** Of all workspaces' tasks, whatever their priority. */
        private String lowest() {
            return request.floors().values().stream()
                    .map(Floor::since)
                    .min(Comparator.naturalOrder())
                    .map(Instant::toString)
                    .orElse("-infinity");
        }

        private Map<String, Object> queuedParameters() {
            List<Map.Entry<UUID, String>> ahead = request.tour().ahead(ring);
            Map<String, Object> parameters = new HashMap<>(parameters());
            parameters.put("passed", texts(ahead, Map.Entry::getKey));
            parameters.put("queues", texts(ahead, Map.Entry::getValue));
            parameters.put("patient", request.tour().patient());
            parameters.put("window", QueuedClaimSql.WINDOW);
            parameters.put("smallest", QueuedClaimSql.SMALLEST_WINDOW);
            parameters.put("spare", QueuedClaimSql.SPARE);
            parameters.put("steps", QueuedClaimSql.steps(ring));
            return parameters;
        }

        private void add(ResultSet row) throws SQLException {
            size = row.getInt("ring_size");
            switch (request.lane()) {
                case INSTANT -> end = Columns.uuid(row, "ring_end");
                case QUEUED -> addVisits(row);
            }
            if (row.getObject("id") != null) {
                ClaimedTask task = claimedTask(row);
                tasks.add(task);
                parts.merge(task.workspace(), 1, Integer::sum);
                floors.merge(task.workspace(), new Floor(task.runAt(), row.getInt("priority")), Floor::and);
                goOnAfter(row.getInt("position"), task.workspace());
            }
        }

        private void addVisits(ResultSet row) throws SQLException {
            visits = row.getInt("visits");
            candidates = row.getInt("candidates");
            ringWorkspaces.addAll(elements(row, "ring", UUID[].class));
            List<UUID> workspaces = elements(row, "visited", UUID[].class);
            List<String> passed = elements(row, "passed", String[].class);
            List<Boolean> tried = elements(row, "tried", Boolean[].class);
            for (int visit = 0; visit < workspaces.size(); visit++) {
                visited.add(new Visit(workspaces.get(visit), passed.get(visit), tried.get(visit)));
            }
        }

        private void goOnAfter(int position, UUID workspace) {
            if (position > furthest) {
                furthest = position;
                served = workspace;
            }
        }

        @Override
        public Claimed claimed() {
            return switch (request.lane()) {
                case INSTANT ->
                    new Claimed(tasks, Tour.behind(served == null ? end : served), mayHaveLeftSome(), floors());
                case QUEUED -> claimedFromQueues();
            };
        }

        /** Also where it looked above floors only. */
        private boolean mayHaveLeftSome() {
            return filled() || size == ring || !request.floors().isEmpty();
        }

        private Claimed claimedFromQueues() {
            Tour tour = request.tour().next(new Leg(served, candidates, ringWorkspaces, size < ring, visits, visited));
            return new Claimed(tasks, tour, tasks.isEmpty() ? tour.goesOn() : filled() || !isWhole(tour), Map.of());
        }

        /** Known only when every workspace with waiting tasks was served, and had as many of them as it could be given. */
        private Map<UUID, Floor> floors() {
            boolean complete = size < ring
                    && parts.size() == size
                    && parts.entrySet().stream()
                            .allMatch(taken -> taken.getValue() >= request.part(taken.getKey(), size));
            if (!complete) {
                return Map.of();
            }
            return request.floors().isEmpty() ? floors : request.floors();
        }

        /** Whether every walk of every workspace began at the first queue and came to the end. */
        private boolean isWhole(Tour tour) {
            boolean all = size < ring && visited.size() == visits;
            return all && request.tour().passed().isEmpty() && tour.passed().isEmpty();
        }

        private boolean filled() {
            int part = Math.ceilDiv(request.room(), Math.max(size, 1));
            return parts.values().stream().anyMatch(taken -> taken >= part);
        }
    }
}

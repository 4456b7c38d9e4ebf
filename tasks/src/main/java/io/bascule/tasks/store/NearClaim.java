package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.store.RoundTrip.Query;
import io.bascule.tasks.store.Tour.Leg;
import io.bascule.tasks.store.Tour.Visit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/** A claim for one place, of the workspace whose turn it is. */
final class NearClaim implements ClaimQuery {

    private static final ParsedSql SQL = NamedParameterUtils.parseSqlStatement(NearClaimSql.SQL);

    private final ClaimRequest request;
    private final List<ClaimedTask> tasks = new ArrayList<>();
    private @Nullable UUID turn;
    private int heads;
    private String passed = "";

    NearClaim(ClaimRequest request) {
        this.request = request;
    }

    @Override
    public Query query() {
        List<Map.Entry<UUID, String>> ahead = request.tour().ahead(JdbcClaims.SMALLEST_RING);
        Map<String, Object> parameters = Map.ofEntries(
                Map.entry("lane", request.lane().word()),
                Map.entry("worker", request.worker()),
                Map.entry("lease", request.lease().toMillis()),
                Map.entry("after", request.tour().after()),
                Map.entry("passed", texts(ahead, Map.Entry::getKey)),
                Map.entry("queues", texts(ahead, Map.Entry::getValue)),
                Map.entry("looked_at", NearClaimSql.LOOKED_AT),
                Map.entry("window", QueuedClaimSql.WINDOW));
        return Query.of(SQL, parameters, this::add);
    }

    private void add(ResultSet row) throws SQLException {
        turn = row.getObject("turn", UUID.class);
        heads = row.getInt("heads");
        passed = Objects.requireNonNullElse(row.getString("passed"), "");
        if (row.getObject("id") != null) {
            tasks.add(JdbcClaims.claimedTask(row));
        }
    }

    @Override
    public Claimed claimed() {
        Tour tour = next(request.tour());
        return new Claimed(tasks, tour, !tasks.isEmpty() || tour.goesOn(), Map.of());
    }

    private Tour next(Tour tour) {
        UUID workspace = turn;
        if (workspace == null) {
            return tour.idle();
        }
        UUID served = tasks.isEmpty() ? null : workspace;
        return heads == 0
                ? tour.onward()
                : tour.next(new Leg(
                        served, heads, List.of(workspace), false, 1, List.of(new Visit(workspace, passed, true))));
    }
}

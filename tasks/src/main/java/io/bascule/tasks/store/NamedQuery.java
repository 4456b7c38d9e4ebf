package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.store.RoundTrip.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;

/** A claim of named workspaces: its query, and what its rows say. */
final class NamedQuery implements ClaimQuery {

    private static final String SQL = NamedParameterUtils.parseSqlStatementIntoString(ClaimSql.NAMED);

    private final NamedClaim claim;
    private final List<ClaimedTask> tasks = new ArrayList<>();
    private final Map<UUID, Integer> left;

    NamedQuery(NamedClaim claim) {
        this.claim = claim;
        this.left = new HashMap<>(claim.slots());
    }

    @Override
    public Query query() {
        List<Map.Entry<UUID, Integer>> slots = List.copyOf(claim.slots().entrySet());
        return new Query(
                SQL,
                List.of(
                        texts(slots, Map.Entry::getKey),
                        texts(slots, Map.Entry::getValue),
                        claim.room(),
                        claim.worker(),
                        claim.lease().toMillis()),
                this::add);
    }

    private void add(ResultSet row) throws SQLException {
        ClaimedTask task = JdbcClaims.claimedTask(row);
        tasks.add(task);
        left.merge(task.workspace(), -1, Integer::sum);
    }

    /** Of a workspace that had all its slots more may wait. */
    @Override
    public Claimed claimed() {
        boolean more = tasks.size() == claim.room() || left.containsValue(0);
        return new Claimed(tasks, claim.tour(), more, Map.of());
    }
}

package io.bascule.tasks.store;

import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.RoundTrip.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * A worker's rounds with the database: what has ended and what to take next, in one trip and one commit, which is on disk when
 * this returns. To be called outside of transactions.
 */
public class JdbcRounds {

    private final JdbcOperations database;

    public JdbcRounds(JdbcOperations database) {
        this.database = database;
    }

    /**
     * Ends attempts, each fenced by its number, then claims; either may be left out. If it throws, neither has happened, unless
     * the connection broke at the commit; what was claimed then is returned when its lease has run out.
     *
     * @param request with ends of queued tasks, one that waits for nobody ({@link Tour#impatient()})
     */
    public Round make(List<Settlement> batch, @Nullable ClaimRequest request) {
        var ends = new Ends(batch);
        List<Query> queries = new ArrayList<>(ends.queries(TaskState.RUNNING));
        ClaimQuery claim = request == null ? null : ClaimQuery.of(request);
        if (claim != null) {
            queries.add(claim.query());
        }
        RoundTrip.make(database, queries);
        return new Round(ends.outcomes(), claim == null ? null : claim.claimed());
    }

    /** Claims of workspaces that a hint named. */
    public Claimed claim(NamedClaim claim) {
        var named = new NamedQuery(claim);
        RoundTrip.make(database, List.of(named.query()));
        return named.claimed();
    }

    /**
     * What came of a round.
     *
     * @param settled one outcome a settlement, in order
     * @param claimed unless nothing was asked for
     */
    public record Round(List<Settled> settled, @Nullable Claimed claimed) {}
}

package io.bascule.tasks.store;

import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.RoundTrip.Query;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ends attempts in the caller's transaction: many in one statement, each fenced by its attempt. */
public class JdbcSettlements {

    private final JdbcClient database;

    public JdbcSettlements(JdbcClient database) {
        this.database = database;
    }

    /** Applies a batch of attempts' ends; one outcome each, in the same order. */
    public List<Settled> settle(List<Settlement> batch) {
        return settle(batch, TaskState.RUNNING);
    }

    /** Ends tasks that stand in the given state, under the attempt they are at; tells of those that did. */
    List<Settled> finishAtRest(List<Settlement> batch, TaskState state) {
        return settle(batch, state).stream()
                .filter(outcome -> !(outcome instanceof Settled.Stale))
                .toList();
    }

    private List<Settled> settle(List<Settlement> batch, TaskState from) {
        var ends = new Ends(batch);
        make(List.of(RoundTrip.PINNED));
        make(ends.queries(from));
        return ends.outcomes();
    }

    private void make(List<Query> queries) {
        queries.forEach(
                query -> database.sql(query.sql()).params(query.parameters()).query(query.rows()));
    }
}

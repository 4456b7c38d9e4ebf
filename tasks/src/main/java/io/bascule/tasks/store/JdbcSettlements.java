package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.TaskDecision.AskToStop;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Ignore;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskDecision.Run;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.Settled.Finished;
import io.bascule.tasks.store.Settled.Postponed;
import io.bascule.tasks.store.Settled.Stale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ends attempts: many in one statement, each fenced by its attempt. Joins the caller's transaction when there is one. */
public class JdbcSettlements {

    private final JdbcClient database;
    private final JdbcLargeResults largeResults;

    public JdbcSettlements(JdbcClient database) {
        this.database = database;
        this.largeResults = new JdbcLargeResults(database);
    }

    /** Applies a batch of attempts' ends; one outcome each, in the same order. */
    public List<Settled> settle(List<Settlement> batch) {
        List<Row<Finish>> ends = new ArrayList<>();
        List<Row<Postpone>> delays = new ArrayList<>();
        for (Settlement settlement : batch) {
            switch (settlement.decision()) {
                case Finish end ->
                    ends.add(new Row<>(settlement.task(), settlement.attempt(), end, settlement.result()));
                case Postpone delay -> delays.add(new Row<>(settlement.task(), settlement.attempt(), delay, null));
                case Run _, AskToStop _, Ignore _ ->
                    throw new IllegalArgumentException("nothing to settle: " + settlement);
            }
        }
        database.sql(SettleSql.BY_ID).query(_ -> {});
        Map<UUID, Settled> outcomes = new HashMap<>();
        postpone(delays, outcomes);
        finish(ends, TaskState.RUNNING, outcomes);
        largeResults.add(batch);
        return batch.stream()
                .map(settlement -> outcomes.getOrDefault(settlement.task(), new Stale(settlement.task())))
                .toList();
    }

    /** Ends tasks that stand in the given state, under the attempt they are at. */
    List<Settled> finishAtRest(List<Settlement> batch, TaskState state) {
        List<Row<Finish>> ends = batch.stream()
                .map(end -> new Row<>(end.task(), end.attempt(), (Finish) end.decision(), null))
                .toList();
        Map<UUID, Settled> outcomes = new HashMap<>();
        finish(ends, state, outcomes);
        return List.copyOf(outcomes.values());
    }

    /** Those that were asked to stop meanwhile end as cancelled instead. */
    private void postpone(List<Row<Postpone>> rows, Map<UUID, Settled> outcomes) {
        if (rows.isEmpty()) {
            return;
        }
        database.sql(SettleSql.POSTPONE).params(postponeColumns(rows)).query(row -> {
            UUID id = Columns.uuid(row, "id");
            outcomes.put(id, new Postponed(id, TaskState.of(Columns.text(row, "state"))));
        });
        finish(
                rows.stream()
                        .filter(row -> !outcomes.containsKey(row.task()))
                        .map(row -> new Row<>(row.task(), row.attempt(), cancelled(row.decision()), null))
                        .toList(),
                TaskState.RUNNING,
                outcomes);
    }

    private static Finish cancelled(Postpone instead) {
        return new Finish(TaskState.CANCELLED, instead.failures(), instead.losses(), instead.error());
    }

    private void finish(List<Row<Finish>> rows, TaskState from, Map<UUID, Settled> outcomes) {
        if (rows.isEmpty()) {
            return;
        }
        database.sql(SettleSql.FINISH).params(finishColumns(rows, from)).query(row -> {
            UUID id = Columns.uuid(row, "id");
            TaskState state = TaskState.of(Columns.text(row, "end_state"));
            outcomes.put(id, new Finished(id, state, row.getString("reply_to")));
        });
    }

    private static List<@Nullable Object> finishColumns(List<Row<Finish>> rows, TaskState from) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(texts(rows, Row::task));
        columns.add(texts(rows, Row::attempt));
        columns.add(texts(rows, row -> row.decision().state().word()));
        columns.add(texts(rows, row -> row.decision().failures()));
        columns.add(texts(rows, row -> row.decision().losses()));
        columns.add(texts(rows, row -> code(row.decision().error())));
        columns.add(texts(rows, row -> message(row.decision().error())));
        columns.add(texts(rows, Row::result));
        columns.add(texts(rows, _ -> from.word()));
        return columns;
    }

    private static List<@Nullable Object> postponeColumns(List<Row<Postpone>> rows) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(texts(rows, Row::task));
        columns.add(texts(rows, Row::attempt));
        columns.add(texts(rows, row -> row.decision().state().word()));
        columns.add(texts(rows, row -> row.decision().delay().toMillis()));
        columns.add(texts(rows, row -> row.decision().failures()));
        columns.add(texts(rows, row -> row.decision().losses()));
        columns.add(texts(rows, row -> code(row.decision().error())));
        columns.add(texts(rows, row -> message(row.decision().error())));
        return columns;
    }

    private static @Nullable String code(@Nullable TaskError error) {
        return error == null ? null : error.code();
    }

    private static @Nullable String message(@Nullable TaskError error) {
        return error == null ? null : error.message();
    }

    private record Row<D>(
            UUID task, int attempt, D decision, @Nullable String result) {}
}

package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.TaskDecision.AskToStop;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Ignore;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskDecision.Run;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.RoundTrip.Query;
import io.bascule.tasks.store.Settled.Finished;
import io.bascule.tasks.store.Settled.Postponed;
import io.bascule.tasks.store.Settled.Stale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ends of a batch of attempts: the queries that store them, and what became of each. */
final class Ends {

    private final List<Settlement> batch;
    private final List<Row<Finish>> finished = new ArrayList<>();
    private final List<Row<Postpone>> postponed = new ArrayList<>();
    private final Map<UUID, Settled> outcomes = new HashMap<>();

    Ends(List<Settlement> batch) {
        this.batch = batch;
        for (Settlement settlement : batch) {
            switch (settlement.decision()) {
                case Finish end ->
                    finished.add(new Row<>(settlement.task(), settlement.attempt(), end, settlement.result()));
                case Postpone delay -> postponed.add(new Row<>(settlement.task(), settlement.attempt(), delay, null));
                case Run _, AskToStop _, Ignore _ ->
                    throw new IllegalArgumentException("nothing to settle: " + settlement);
            }
        }
    }

    /** Of the ids: every batch locks its tasks in this order, so that no two can wait for each other. */
    private static <D> List<Row<D>> inOrder(Stream<Row<D>> rows) {
        return rows.sorted(Comparator.comparing(row -> row.task().toString())).toList();
    }

    /**
     * Ends tasks that stand in this state, under the attempt they are at. Those that cannot be postponed, being asked to stop, end
     * as cancelled instead: they alone still run under their attempt when the postponing is done.
     */
    List<Query> queries(TaskState from) {
        List<Query> queries = new ArrayList<>();
        if (!postponed.isEmpty()) {
            queries.add(lock());
            queries.add(postpone());
        }
        List<Row<Finish>> ending =
                inOrder(Stream.concat(finished.stream(), postponed.stream().map(Ends::cancelled)));
        if (!ending.isEmpty()) {
            queries.add(finish(ending, from));
        }
        JdbcLargeResults.added(batch).ifPresent(queries::add);
        return queries;
    }

    /** One outcome each, in the order of the batch. */
    List<Settled> outcomes() {
        return batch.stream()
                .map(settlement -> outcomes.getOrDefault(settlement.task(), new Stale(settlement.task())))
                .toList();
    }

    private static Row<Finish> cancelled(Row<Postpone> row) {
        Postpone instead = row.decision();
        var end = new Finish(TaskState.CANCELLED, instead.failures(), instead.losses(), instead.error());
        return new Row<>(row.task(), row.attempt(), end, null);
    }

    private Query lock() {
        Object ids = texts(batch, Settlement::task);
        return new Query(SettleSql.LOCK, List.of(ids), _ -> {});
    }

    private Query postpone() {
        return new Query(SettleSql.POSTPONE, postponeColumns(postponed), row -> {
            UUID id = Columns.uuid(row, "id");
            outcomes.put(id, new Postponed(id, TaskState.of(Columns.text(row, "state"))));
        });
    }

    private Query finish(List<Row<Finish>> rows, TaskState from) {
        String sql = rows.size() == 1 ? SettleSql.FINISH_ONE : SettleSql.FINISH;
        return new Query(sql, finishColumns(rows, from), row -> {
            UUID id = Columns.uuid(row, "id");
            TaskState state = TaskState.of(Columns.text(row, "end_state"));
            outcomes.put(id, new Finished(id, state, row.getString("reply_to")));
        });
    }

    private static List<Object> finishColumns(List<Row<Finish>> rows, TaskState from) {
        List<Object> columns = new ArrayList<>();
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

    private static List<Object> postponeColumns(List<Row<Postpone>> rows) {
        List<Object> columns = new ArrayList<>();
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

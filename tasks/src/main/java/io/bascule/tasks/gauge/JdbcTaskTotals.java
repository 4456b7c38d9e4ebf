package io.bascule.tasks.gauge;

import io.bascule.tasks.gauge.TaskTotals.Count;
import io.bascule.tasks.gauge.TaskTotals.Distribution;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the totals, all of one moment. */
public class JdbcTaskTotals {

    private final JdbcClient database;

    public JdbcTaskTotals(JdbcClient database) {
        this.database = database;
    }

    public TaskTotals read() {
        List<Row> rows = database.sql(
                        "select metric, lane, type, part, count, seconds from task_totals order by metric, lane, type, part")
                .query((row, _) -> new Row(
                        row.getString("metric"),
                        row.getString("lane"),
                        row.getString("type"),
                        row.getString("part"),
                        row.getLong("count"),
                        row.getDouble("seconds")))
                .list();
        return new TaskTotals(
                counts(rows, "accepted"),
                counts(rows, "started"),
                counts(rows, "finished"),
                distributions(rows, "wait"),
                distributions(rows, "run"));
    }

    private static List<Count> counts(List<Row> rows, String metric) {
        return rows.stream()
                .filter(row -> row.metric().equals(metric))
                .map(row -> new Count(row.lane(), row.type(), row.part(), row.count()))
                .toList();
    }

    private static List<Distribution> distributions(List<Row> rows, String metric) {
        Map<Key, Spread> spreads = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.metric().equals(metric))
                .forEach(row -> spreads.computeIfAbsent(new Key(row.lane(), row.type()), _ -> new Spread())
                        .add(row));
        return spreads.entrySet().stream()
                .map(entry -> entry.getValue().of(entry.getKey()))
                .toList();
    }

    private record Row(String metric, String lane, String type, String part, long count, double seconds) {}

    private record Key(String lane, String type) {}

    /** Collects the buckets of one histogram. A bound that another version chose counts in the next larger of ours. */
    private static final class Spread {

        private final Long[] numbers = new Long[CountTaskEvents.BOUNDS.size() + 1];
        private double seconds;

        Spread() {
            Arrays.fill(numbers, 0L);
        }

        void add(Row row) {
            double bound = row.part().equals(CountTaskEvents.UNBOUNDED)
                    ? Double.POSITIVE_INFINITY
                    : Double.parseDouble(row.part());
            int bucket = (int)
                    CountTaskEvents.BOUNDS.stream().filter(ours -> ours < bound).count();
            numbers[bucket] += row.count();
            seconds += row.seconds();
        }

        Distribution of(Key key) {
            return new Distribution(key.lane(), key.type(), List.of(numbers), seconds);
        }
    }
}

package io.bascule.tasks.gauge;

import io.bascule.tasks.upkeep.UpkeepStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Folds the outbox's task events into totals, each exactly once: the totals and the cursor move in one transaction, in the
 * order (xid, seq) and only below the oldest transaction that is still open. Since every change writes its event, the totals
 * are exact whoever made the change and whatever has been killed since. Any pod may call it; one at a time does the work.
 */
public class CountTaskEvents implements UpkeepStep {

    /** Upper bounds of the histograms' buckets in seconds; one more bucket has none. */
    public static final List<Double> BOUNDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0);

    static final String UNBOUNDED = "+Inf";

    /** Events of one transaction, and as many more as the last row tells of. */
    private static final int BATCH = 10_000;

    private static final int MOST_BATCHES = 20;

    /** A cursor of another cluster (after a restore by dump) means nothing here: counting goes on from now. */
    private static final String ADOPT = """
            update outbox_relays
            set system_identifier = here.id, xid = pg_snapshot_xmin(pg_current_snapshot()), seq = 0
            from (select system_identifier::text as id from pg_control_system()) here
            where name = 'totals' and system_identifier <> here.id""";

    private static final String CURSOR =
            "select xid::text as xid, seq from outbox_relays where name = 'totals' for update skip locked";

    /** Times are whole milliseconds; half of one more makes a time on a bound fall below it. */
    private static final String FOLD = """
            with next as (
                select *, sum(number) over (order by xid, seq) - number as before
                from (
                    select * from event_outbox
                    where (xid, seq) > (:xid::xid8, :seq) and xid < pg_snapshot_xmin(pg_current_snapshot())
                    order by xid, seq limit :limit) e
            ), batch as materialized (
                select xid, seq, number, e.type as event, d.lane, d.type, d.state, d."waitMillis" as wait, d."runMillis" as run,
                    millis, case when subject is null then data ->> 1 end as measured
                from next e
                cross join lateral json_to_record(case when subject is null then data -> 0 else data end)
                    as d (lane text, type text, state text, "waitMillis" bigint, "runMillis" bigint)
                where before < :limit
            ), times as (
                select 'wait' as metric, lane, type, wait as millis from batch where wait is not null
                union all
                select 'run', lane, type, run from batch where run is not null
                union all
                select case measured when 'waitMillis' then 'wait' else 'run' end, lane, type, one
                from batch cross join lateral unnest(batch.millis) as one where one is not null
            ), counts as (
                select split_part(event, '.', 4) as metric, lane, type,
                    case when event = 'io.bascule.task.finished' then state else '' end as part, sum(number) as count,
                    0::double precision as seconds
                from batch
                where event in ('io.bascule.task.accepted', 'io.bascule.task.started', 'io.bascule.task.finished')
                    and lane is not null
                group by 1, 2, 3, 4
                union all
                select metric, lane, type, (:parts::text[])[width_bucket(millis, :thresholds::double precision[]) + 1],
                    count(*), sum(millis) / 1000.0
                from times where lane is not null group by 1, 2, 3, 4
            ), summed as (
                insert into task_totals as t (metric, lane, type, part, count, seconds)
                select * from counts
                on conflict (metric, lane, type, part) do update
                set count = t.count + excluded.count, seconds = t.seconds + excluded.seconds
            ), moved as (
                update outbox_relays set xid = last.xid, seq = last.seq, moved_at = clock_timestamp()
                from (select xid, seq from batch order by xid desc, seq desc limit 1) last
                where name = 'totals'
            )
            select coalesce(sum(number), 0) from batch""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    public CountTaskEvents(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int step() {
        database.sql(ADOPT).update();
        int counted = 0;
        int last = BATCH;
        for (int batch = 0; batch < MOST_BATCHES && last >= BATCH; batch++) {
            last = transaction.execute(_ -> cursor().map(this::fold).orElse(0));
            counted += last;
        }
        return counted;
    }

    private Optional<Cursor> cursor() {
        return database.sql(CURSOR)
                .query((row, _) -> new Cursor(row.getString("xid"), row.getLong("seq")))
                .optional();
    }

    private int fold(Cursor cursor) {
        return database.sql(FOLD)
                .param("xid", cursor.xid())
                .param("seq", cursor.seq())
                .param("limit", BATCH)
                .param(
                        "thresholds",
                        BOUNDS.stream()
                                .map(bound -> Double.toString(bound * 1000 + 0.5))
                                .toArray(String[]::new))
                .param(
                        "parts",
                        Stream.concat(BOUNDS.stream().map(String::valueOf), Stream.of(UNBOUNDED))
                                .toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    private record Cursor(String xid, long seq) {}
}

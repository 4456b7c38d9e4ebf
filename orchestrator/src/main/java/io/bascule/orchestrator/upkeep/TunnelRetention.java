package io.bascule.orchestrator.upkeep;

import io.bascule.tasks.upkeep.UpkeepStep;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes the records of tunnels that closed long ago, each batch in a transaction of its own. Pods that come at once take different ones. */
final class TunnelRetention implements UpkeepStep {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelRetention.class);

    private static final int BATCH = 10_000;
    private static final int MOST_BATCHES = 100;

    /**
     * The id says when a tunnel was opened, so that no index on the end is needed. A workspace's newest stays: that it had any is told
     * to who comes for the first time.
     */
    private static final String DELETE = """
            delete from tunnels where id = any (array(
                select t.id from tunnels t
                where t.id < uuidv7_floor(now() - :kept * interval '1 ms') and t.closed_at < now() - :kept * interval '1 ms'
                    and exists (select 1 from tunnels n where n.workspace_id = t.workspace_id and n.id > t.id)
                order by t.id limit :batch for update of t skip locked))""";

    private final JdbcClient database;
    private final Duration kept;
    private final IntConsumer listener;

    /**
     * @param kept how long a record is kept after its tunnel's end
     * @param listener told of how many a step removed, on the thread that did
     */
    TunnelRetention(JdbcClient database, Duration kept, IntConsumer listener) {
        this.database = database;
        this.kept = kept;
        this.listener = listener;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public int step() {
        int removed = 0;
        int last = BATCH;
        for (int batch = 0; batch < MOST_BATCHES && last == BATCH; batch++) {
            last = delete();
            removed += last;
        }
        if (removed > 0) {
            LOG.info("Removed the records of {} tunnel(s) that closed more than {} ago", removed, kept);
        }
        listener.accept(removed);
        return removed;
    }

    private int delete() {
        return database.sql(DELETE)
                .param("kept", kept.toMillis())
                .param("batch", BATCH)
                .update();
    }
}

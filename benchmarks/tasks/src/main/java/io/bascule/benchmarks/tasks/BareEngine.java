package io.bascule.benchmarks.tasks;

import com.zaxxer.hikari.HikariDataSource;
import io.bascule.tasks.Lane;
import io.bascule.tasks.batch.GroupCommit;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.lettuce.core.RedisURI;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that can be done with {@code for update skip locked}: one table, batches, a hint through Redis; no tenants, limits,
 * history, events, leases or retries. What our engine takes longer than this is the price of its features.
 */
final class BareEngine implements Engine {

    private static final String CLAIM = """
            with picked as (
                select id from bare_jobs where not taken order by id limit ? for update skip locked
            )
            update bare_jobs j set taken = true from picked where j.id = picked.id returning j.id, j.payload""";

    private final HikariDataSource pool;
    private final JdbcClient database;
    private final RedisTaskSignals signals;
    private final GroupCommit<String, Boolean> commit;

    BareEngine(String url, int redisPort) {
        pool = Stores.pool(url);
        database = JdbcClient.create(pool);
        signals = new RedisTaskSignals(RedisURI.create("127.0.0.1", redisPort));
        commit = new GroupCommit<>("bare-add", this::insert, new GroupCommit.Bounds(2, 256, 8_192));
        database.sql("create table if not exists bare_jobs (id bigint generated always as identity primary key,"
                        + " payload json not null, taken boolean not null default false)")
                .update();
        database.sql("create index if not exists bare_jobs_open on bare_jobs (id) where not taken")
                .update();
    }

    @Override
    public void reset() {
        database.sql("truncate bare_jobs").update();
    }

    @Override
    public void add(Job job) {
        var _ = commit.submit(job.json()).join();
    }

    @Override
    public void addAll(List<Job> jobs) {
        var _ = insert(jobs.stream().map(Job::json).toList());
    }

    private List<Boolean> insert(List<String> payloads) {
        database.sql("insert into bare_jobs (payload) select * from unnest(?::json[])")
                .param(payloads.toArray(String[]::new))
                .update();
        signals.wake(Lane.INSTANT);
        return payloads.stream().map(_ -> true).toList();
    }

    @Override
    public Worker start(Consumer<Job> handler) {
        var running = new Loop(handler, new Semaphore(Phases.CONCURRENCY), new Semaphore(0), new AtomicBoolean());
        signals.onWake(Lane.INSTANT, running.bell()::release);
        Thread thread = Thread.ofVirtual().name("bare-claim").start(() -> run(running));
        return () -> {
            running.stopped().set(true);
            running.bell().release();
            thread.join();
            running.slots().acquire(Phases.CONCURRENCY);
        };
    }

    private void run(Loop loop) {
        GroupCommit<Long, Boolean> ends =
                new GroupCommit<>("bare-end", this::delete, new GroupCommit.Bounds(2, 256, 8_192));
        try (ends) {
            while (!loop.stopped().get()) {
                loop.slots().acquire();
                int room = 1 + loop.slots().drainPermits();
                List<Row> rows = claim(room);
                rows.forEach(row -> Thread.ofVirtual().start(() -> work(loop, row, ends)));
                loop.slots().release(room - rows.size());
                if (rows.isEmpty()) {
                    boolean _ = loop.bell().tryAcquire(250, TimeUnit.MILLISECONDS);
                    int _ = loop.bell().drainPermits();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Row> claim(int room) {
        return database.sql(CLAIM)
                .param(room)
                .query((row, _) -> new Row(row.getLong(1), row.getString(2)))
                .list();
    }

    private static void work(Loop loop, Row row, GroupCommit<Long, Boolean> ends) {
        loop.handler().accept(Job.of(JsonMapper.shared().readTree(row.payload())));
        loop.slots().release();
        var _ = ends.submit(row.id()).join();
    }

    private List<Boolean> delete(List<Long> ids) {
        database.sql("delete from bare_jobs where id = any(?::bigint[])")
                .param(ids.stream().map(String::valueOf).toArray(String[]::new))
                .update();
        return ids.stream().map(_ -> true).toList();
    }

    @Override
    public int left() {
        return database.sql("select count(*) from bare_jobs")
                .query(Integer.class)
                .single();
    }

    @Override
    public void close() {
        commit.close();
        signals.close();
        pool.close();
    }

    private record Row(long id, String payload) {}

    private record Loop(Consumer<Job> handler, Semaphore slots, Semaphore bell, AtomicBoolean stopped) {}
}

package io.bascule.tasks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.TaskStore;
import io.bascule.tasks.log.TaskLogs;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.Link;
import io.bascule.testsupport.TaskLedger;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The database is slow, cut off, full, or has no connection left, under load. Every accepted task ends exactly once all the
 * same, no limit is broken, and work goes on by itself when the fault is over.
 */
@Timeout(600)
class PostgreSqlFaultsTests {

    private static final int TASKS = Boolean.getBoolean("bascule.soak") ? 20_000 : 100;
    private static final Duration CUT = Duration.ofSeconds(Boolean.getBoolean("bascule.soak") ? 60 : 4);

    private static final int CONNECTIONS = 10;

    /** As the services have them, and shorter. */
    private static final Map<String, String> POOL = Map.of(
            "maximum-pool-size", Integer.toString(CONNECTIONS),
            "connection-timeout", "1000",
            "validation-timeout", "500",
            "connection-init-sql", "set idle_in_transaction_session_timeout = '2s'",
            "data-source-properties.tcpKeepAlive", "true");

    private final TaskStore store = new TaskStore();
    private final Link link = Link.to(store.server().serverPort());
    private final DataSource database = pool("postgres");

    @AfterEach
    void close() throws Exception {
        database.unwrap(Closeable.class).close();
        link.close();
        store.close();
    }

    @Test
    void aSlowDatabaseCostsNothingButTime() throws Exception {
        link.slow(Duration.ofMillis(20));

        // On a busy machine a claim may take its time; one whose answer nobody waits for is a loss.
        DataSource patient = pool("postgres", 60);
        try (Closeable _ = patient.unwrap(Closeable.class)) {
            TaskLedger ledger = whatBecameOf(patient, TASKS / 2, Duration.ofMinutes(1), () -> {});

            assertThat(link.slowed()).isPositive();
            assertThat(ledger.losses()).isZero();
        }
    }

    @Test
    void aDatabaseThatIsCutOffForLongerThanALeaseLosesNothing() throws Exception {
        whatBecameOf(TASKS, Fleet.SHORT_LEASE, () -> {
            link.cut();
            awaitSilence();
            link.restore();
        });

        assertThat(link.swallowed()).isPositive();
    }

    /** What was claimed is held by a worker that does not know; what was settled is settled again and found stale. */
    @Test
    void aDatabaseThatHearsAndIsNotHeardLosesNothing() throws Exception {
        whatBecameOf(TASKS, Fleet.SHORT_LEASE, () -> {
            link.cutAnswers();
            awaitSilence();
            link.restore();
        });

        assertThat(link.swallowed()).isPositive();
    }

    /**
     * Refuses as PostgreSQL does when its disk is full (53100), from a trigger: a disk cannot be filled here without harm to
     * others.
     */
    @Test
    void aFullDatabaseKeepsWhatItHasAndGoesOnWhenThereIsRoom() throws Exception {
        refuseWhileFull();

        whatBecameOf(TASKS, Fleet.SHORT_LEASE, () -> {
            execute("insert into disk_is_full values (true)");
            Await.until(() -> store.count("refusals_seq where last_value > 20") > 0);
            execute("delete from disk_is_full");
        });
    }

    /** 53300, by PostgreSQL itself. */
    @Test
    void workGoesOnWhenThereAreConnectionsAgain() throws Exception {
        String role = "worker_" + Long.toUnsignedString(System.nanoTime(), 36);
        execute("create role %s login".formatted(role));
        execute("grant all on all tables in schema public to " + role);
        execute("grant all on all sequences in schema public to " + role);
        DataSource limited = pool(role);
        try (Closeable _ = limited.unwrap(Closeable.class);
                Fleet fleet = new Fleet(store, limited, store.signals(), TaskLogs.NONE, Fleet.SHORT_LEASE)) {
            fleet.start();
            fleet.submit(TASKS / 2);
            // A connection that is being made while they are ended would go on.
            Await.until(() -> store.count("pg_stat_activity where usename = '%s'".formatted(role)) >= CONNECTIONS);
            execute("alter role %s connection limit 0".formatted(role));
            execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'".formatted(role));
            Thread submitting = Thread.ofVirtual().start(() -> fleet.submit(TASKS / 2));
            Await.until(() -> fleet.repeated() > 2);
            execute("alter role %s connection limit -1".formatted(role));
            submitting.join();
            fleet.awaitEnd();

            assertThat(fleet.ledger().violations(Fleet.LIMITS, 1)).isEmpty();
        }
    }

    private TaskLedger whatBecameOf(int tasks, Duration lease, Runnable fault) throws Exception {
        return whatBecameOf(database, tasks, lease, fault);
    }

    private TaskLedger whatBecameOf(DataSource pool, int tasks, Duration lease, Runnable fault) throws Exception {
        try (var fleet = new Fleet(store, pool, store.signals(), TaskLogs.NONE, lease)) {
            fleet.start();
            Await.until(() -> store.count("task_workers") == Fleet.WORKERS);
            fleet.submit(tasks / 2);
            Thread submitting = Thread.ofVirtual().start(() -> fleet.submit(tasks / 2));
            fault.run();
            submitting.join();
            fleet.awaitEnd();

            TaskLedger ledger = fleet.ledger();
            assertThat(ledger.violations(Fleet.LIMITS, 1)).isEmpty();
            assertThat(store.count("queues where running <> 0")).isZero();
            assertThat(store.count("concurrency_keys")).isZero();
            return ledger;
        }
    }

    /** Until nobody has been heard of for as long as the cut is to last. */
    private void awaitSilence() {
        Await.until(() -> store.count(
                        "task_workers where seen_at > clock_timestamp() - interval '%d s'".formatted(CUT.toSeconds()))
                == 0);
    }

    private void refuseWhileFull() {
        execute("create sequence refusals_seq");
        execute("create table disk_is_full (yes boolean)");
        execute("""
                create function refuse() returns trigger language plpgsql as $$
                begin
                    if exists (select 1 from disk_is_full) then
                        perform nextval('refusals_seq');
                        raise exception 'could not extend file: No space left on device' using errcode = '53100';
                    end if;
                    return null;
                end
                $$""");
        for (String table : new String[] {"task_live", "task_history", "event_outbox"}) {
            execute("create trigger full_disk before insert or update on %s execute function refuse()"
                    .formatted(table));
        }
    }

    private void execute(String sql) {
        new JdbcTemplate(store.pool()).execute(sql);
    }

    private DataSource pool(String user) {
        return pool(user, 2);
    }

    private DataSource pool(String user, int socketTimeoutSeconds) {
        DataSource pool = DataSourceBuilder.create()
                .url("jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(link.port(), store.server().name()))
                .username(user)
                .password("unused")
                .build();
        Map<String, String> settings = new HashMap<>(POOL);
        settings.put("data-source-properties.socketTimeout", Integer.toString(socketTimeoutSeconds));
        new Binder(new MapConfigurationPropertySource(settings)).bind("", Bindable.ofInstance(pool));
        return pool;
    }
}

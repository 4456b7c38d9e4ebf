package io.bascule.api.scaling.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.scaling.Decision.Hold;
import io.bascule.scaling.ScalingFile;
import io.bascule.testsupport.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Several pods on one database: their steps make one course, and what is kept is bounded. */
@Timeout(60)
class TakeScalingStepsTests {

    private static final String QUEUED = "queued-worker";
    private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

    private final TestDatabase stored = TestDatabase.create();
    private final DataSource connections = stored.dataSource();
    private final JdbcClient database = JdbcClient.create(connections);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(connections));
    private final JdbcScaling store = new JdbcScaling(database, JsonMapper.shared());
    private Instant now = START;
    private double required;

    private TakeScalingSteps pod() {
        return new TakeScalingSteps(() -> Optional.of(sight()), store, transaction, ScalingFile.deployed(), () -> now);
    }

    private PlatformSight sight() {
        return new PlatformSight(Map.of(QUEUED, 2), Map.of("queued_tasks_workers_required", required));
    }

    private int desired() {
        return database.sql("select desired from scaling_states where component = ?")
                .param(QUEUED)
                .query(Integer.class)
                .single();
    }

    @Test
    void aPodThatTakesOverKeepsTheWindowOfTheOneBefore() {
        required = 10;
        pod().take();
        now = now.plusSeconds(30);
        pod().take();
        int most = desired();
        assertThat(most).isGreaterThan(4);
        required = 0;

        for (int i = 0; i < 18; i++) {
            now = now.plusSeconds(15);
            pod().take();
        }
        assertThat(desired()).as("within 300 s").isGreaterThanOrEqualTo(most);
        for (int i = 0; i < 8; i++) {
            now = now.plusSeconds(15);
            pod().take();
        }

        assertThat(desired()).isLessThan(most);
        assertThat(store.decisions(QUEUED, null, 100).getFirst().decision().to())
                .isEqualTo(desired());
    }

    @Test
    void aStepThatWasOvertakenChangesNothing() {
        required = 10;
        now = START.plusSeconds(60);
        pod().take();
        int desired = desired();
        required = 40;
        now = START.plusSeconds(45);

        pod().take();

        assertThat(desired()).isEqualTo(desired);
        assertThat(store.states())
                .allSatisfy(state -> assertThat(state.observedAt()).isEqualTo(START.plusSeconds(60)));
    }

    @Test
    void manyAtOnceTakeOneStep() throws Exception {
        required = 3;
        pod().take();
        now = now.plusSeconds(60);
        required = 30;
        int before = store.decisions(QUEUED, null, 100).size();
        var go = new CountDownLatch(1);
        try (var pods = Executors.newFixedThreadPool(4)) {
            var steps = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(_ -> pods.submit(() -> {
                        go.await();
                        pod().take();
                        return null;
                    }))
                    .toList();
            go.countDown();
            for (Future<?> step : steps) {
                step.get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(store.decisions(QUEUED, null, 100)).hasSize(before + 1);
    }

    @Test
    void whoDoesNotPublishTheGaugesTakesNoStep() {
        new TakeScalingSteps(Optional::empty, store, transaction, ScalingFile.deployed(), () -> now).take();

        assertThat(store.states()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hold = 'LATER'", "memory = '7'", "memory = 'null'", "signals = 'null'", "signals = '{}'"})
    void aStateThatCannotBeReadIsBegunAnewAndBreaksNoOther(String unreadable) {
        required = 10;
        pod().take();
        int all = store.states().size();
        assertThat(all).isGreaterThan(1);
        database.sql("update scaling_states set %s where component = '%s'".formatted(unreadable, QUEUED))
                .update();
        assertThat(store.states()).as("the fault is there").hasSize(all - 1);
        now = now.plusSeconds(15);

        pod().take();

        assertThat(store.states())
                .hasSize(all)
                .allSatisfy(state -> assertThat(state.observedAt()).isEqualTo(START.plusSeconds(15)));
    }

    @Test
    void oldDecisionsGo() {
        for (int i = 0; i < JdbcScaling.MOST_DECISIONS + 20; i++) {
            store.record(decision("api-service", i, START.plusSeconds(i)));
        }
        store.record(decision("web-ui", 0, START));
        store.record(decision("web-ui", 1, START.plus(Duration.ofDays(2))));

        assertThat(count("api-service")).isEqualTo(JdbcScaling.MOST_DECISIONS);
        assertThat(store.decisions("api-service", null, 1).getFirst().decision().at())
                .isEqualTo(START.plusSeconds(JdbcScaling.MOST_DECISIONS + 19));
        assertThat(count("web-ui")).isEqualTo(2);

        now = START.plus(Duration.ofDays(31));
        pod().take();

        assertThat(count("web-ui"))
                .as("of the first, 31 days old, nothing is left, though the component decides nothing more")
                .isEqualTo(1);
        assertThat(count("api-service")).isZero();
    }

    private static ScalingDecision decision(String component, int i, Instant at) {
        return new ScalingDecision(component, at, i, i + 1, null, null, null, i + 1, Hold.NOTHING);
    }

    private int count(String component) {
        return database.sql("select count(*) from scaling_decisions where component = ?")
                .param(component)
                .query(Integer.class)
                .single();
    }
}

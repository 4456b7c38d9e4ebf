package io.bascule.runner;

import static io.bascule.runner.RunningService.last;
import static io.bascule.runner.RunningService.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an autoscaler adds up over all runners: sum(total) - sum(remaining) is the number of jobs that run. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class RunnersTogetherTests {

    private static final int SPACES = 3;

    private List<RunningService> runners;

    @BeforeAll
    void start(@TempDir Path keys) throws Exception {
        KeyPair worker = CallerKeys.trust(keys, "instant-worker");
        runners = List.of(RunningService.start(keys, worker, SPACES), RunningService.start(keys, worker, SPACES - 1));
    }

    @AfterAll
    void stop() {
        runners.forEach(RunningService::close);
    }

    @Test
    void theSumsTellHowManyJobsRunAfterEachThatBeginsOrEnds() throws Exception {
        record Running(RunningService runner, String job, Iterator<RunEvent> events) {}
        Deque<Running> running = new ArrayDeque<>();
        for (int n = 0; n < SPACES; n++) {
            RunningService runner = runners.get(n % runners.size());
            String job = "waits-" + n;
            running.push(new Running(runner, job, runner.beginWaiting(job)));
            assertThat(busy()).isEqualTo(running.size());
        }
        while (!running.isEmpty()) {
            Running next = running.pop();
            assertThat(next.runner().cancel(next.job())).isTrue();
            assertThat(last(next.events()).getResult().hasCancelled()).isTrue();
            assertThat(busy()).isEqualTo(running.size());
        }
    }

    /** More callers than spaces, so that some are refused; the sums never leave their bounds, and are true again at rest. */
    @Test
    void theSumsAreWithinTheirBoundsUnderLoadAndTrueAtRest() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> load = new ArrayList<>();
            for (int caller = 0; caller < 4 * SPACES; caller++) {
                String name = "caller-" + caller;
                RunningService runner = runners.get(caller % runners.size());
                load.add(callers.submit(() -> {
                    for (int n = 0; n < 5; n++) {
                        callOnce(runner, name + "-" + n);
                    }
                    return null;
                }));
            }
            while (!load.stream().allMatch(Future::isDone)) {
                assertThat(busy()).isBetween(0.0, 2.0 * SPACES - 1);
            }
            for (Future<?> caller : load) {
                caller.get();
            }
        }
        assertThat(busy()).isZero();
    }

    private static void callOnce(RunningService runner, String job) throws Exception {
        try {
            var result = last(runner.stub()
                            .run(request(job, "const handler = () => 'done';", "0")
                                    .build()))
                    .getResult();
            assertThat(result.getOutput().toStringUtf8()).isEqualTo("\"done\"");
        } catch (StatusRuntimeException full) {
            assertThat(full.getStatus().getDescription()).isEqualTo("all job spaces are taken");
        }
    }

    private double busy() {
        return sum("custom_code_runner_total_job_spaces") - sum("custom_code_runner_remaining_job_spaces");
    }

    private double sum(String metric) {
        return runners.stream()
                .mapToDouble(runner -> runner.metrics().sum(metric))
                .sum();
    }
}

package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** People and programs at work: some read, some submit instant and queued tasks; remembers what did not go well. */
final class Load implements AutoCloseable {

    /** Must be there. */
    static final String QUEUE = "upgrade";

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String INSTANT = "{\"type\": \"echo\", \"input\": {\"message\": \"instant\"}}";
    private static final String QUEUED =
            "{\"type\": \"echo\", \"queue\": \"%s\", \"input\": {\"message\": \"queued\"}}".formatted(QUEUE);

    private final Api api;
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean going = true;

    Load(Api api) {
        this.api = api;
    }

    interface Request {
        void send() throws IOException, InterruptedException;
    }

    /** Sends these besides. */
    void start(Request... more) {
        for (int n = 0; n < 3; n++) {
            repeat(() -> api.get("/tasks?limit=5"));
        }
        repeat(() -> accepted.add(api.submit(INSTANT)));
        repeat(() -> accepted.add(api.submit(QUEUED)));
        repeat(() -> api.run("echo", "{\"message\": \"waited for\"}"));
        List.of(more).forEach(this::repeat);
    }

    private void repeat(Request request) {
        var _ = people.submit(() -> {
            while (going) {
                try {
                    request.send();
                    answered.incrementAndGet();
                } catch (IOException | AssertionError failure) {
                    failures.add("after %d answers: %s".formatted(answered.get(), failure));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return null;
        });
    }

    /** Ends the load; what was sent has been answered when this returns. */
    void stop() {
        going = false;
        people.close();
    }

    /** Of all that was sent, once it is stopped. */
    void assertThatNobodyNoticed() throws IOException, InterruptedException {
        assertThat(failures).isEmpty();
        assertThat(answered.get()).as("requests answered").isGreaterThan(1_000);
        assertThat(accepted).hasSizeGreaterThan(200);
        for (String task : accepted) {
            assertThat(api.awaitEnd(task)).as(task).isEqualTo("succeeded");
        }
    }

    @Override
    public void close() {
        stop();
    }
}

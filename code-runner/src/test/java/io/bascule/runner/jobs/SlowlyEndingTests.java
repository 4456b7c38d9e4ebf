package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.cgroup.KernelLimit;
import io.bascule.runner.sandbox.Confinement;
import io.bascule.runner.sandbox.DirectoryUse;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.LimitKeeper;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.ProcessExit;
import io.bascule.runner.sandbox.ProcessSignal;
import io.bascule.runner.sandbox.ProcessUsage;
import io.bascule.runner.sandbox.Sandbox;
import io.bascule.runner.sandbox.SandboxedProcess;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool whose processes take their time to end. */
@Timeout(60)
class SlowlyEndingTests {

    private static final MemorySize USUAL = new MemorySize(256);
    private static final MemorySize OTHER = new MemorySize(512);

    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private volatile boolean alive = true;
    private final WarmPool pool = new WarmPool(
            new SlowSandbox(),
            Language.JAVASCRIPT,
            USUAL,
            new RefillPolicy(0, 2),
            new CpuBudget(1, now::get),
            now::get);

    @BeforeEach
    void haveOneReady() throws Exception {
        // Asked for often enough that one is kept ready.
        assertThat(pool.take(USUAL, null)).isEmpty();
        assertThat(pool.take(USUAL, null)).isEmpty();
        pool.start();
        assertThat(pool.awaitReady(1, Duration.ofSeconds(20))).isTrue();
    }

    @AfterEach
    void letThemEnd() {
        mayEnd.countDown();
        pool.stop();
    }

    @Test
    void whoAsksDoesNotWaitForOneThatNobodyHasComeForAndThatEnds() throws Exception {
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(pool.take(OTHER, null)).isEmpty();
        assertThat(ending.await(20, TimeUnit.SECONDS)).as("it is given up").isTrue();

        assertThat(taken(OTHER).get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void whoFindsOneThatHasEndedByItselfDoesNotWaitForWhatIsLeftOfIt() throws Exception {
        alive = false;

        assertThat(taken(USUAL).get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(ending.await(20, TimeUnit.SECONDS)).as("it is tidied up").isTrue();
    }

    @Test
    void aPoolHasStoppedWhenAllHaveEnded() throws Exception {
        alive = false;
        assertThat(taken(USUAL).get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(ending.await(20, TimeUnit.SECONDS)).isTrue();

        var stopped = CompletableFuture.runAsync(pool::stop);
        assertThat(taken(USUAL).get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(stopped).isNotDone();
        mayEnd.countDown();

        stopped.get(20, TimeUnit.SECONDS);
    }

    private CompletableFuture<Optional<PreparedProcess>> taken(MemorySize memory) {
        return CompletableFuture.supplyAsync(() -> pool.take(memory, null));
    }

    private final class SlowSandbox implements Sandbox {

        @Override
        public SandboxedProcess start(Language language, MemorySize memory, @Nullable Path bundle) {
            return new SlowProcess();
        }

        @Override
        public Confinement confinement() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<Language> languages() {
            return Set.of(Language.JAVASCRIPT);
        }

        @Override
        public Path placeOf(Path bundle) {
            return bundle;
        }
    }

    /** Says that it is ready; ends when the test lets it. */
    private final class SlowProcess implements SandboxedProcess, ByteChannel {

        private static final byte[] READY = {0x10, 0, 0, 0, 0};

        @Override
        public ByteChannel channel() {
            return this;
        }

        @Override
        public int read(ByteBuffer into) {
            into.put(READY);
            return READY.length;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public ByteChannel output() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteChannel egress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ProcessUsage> usage() {
            return Optional.empty();
        }

        @Override
        public LimitKeeper keeper() {
            return LimitKeeper.WATCHDOG;
        }

        @Override
        public Set<KernelLimit> kernelHits() {
            return Set.of();
        }

        @Override
        public DirectoryUse directoryUse(int mostFiles) {
            return new DirectoryUse(0, 0);
        }

        @Override
        public void signal(ProcessSignal signal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public ProcessExit awaitExit() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            ending.countDown();
            try {
                assertThat(mayEnd.await(50, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }
}

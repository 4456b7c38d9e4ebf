package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.ProcessRefusedException;
import io.bascule.runner.sandbox.ProcessSignal;
import io.bascule.runner.sandbox.ProcessUsage;
import io.bascule.runner.sandbox.Sandbox;
import io.bascule.runner.sandbox.SandboxedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process whose runtime has started and waits for a job.
 *
 * @param startupCpu what its start took, which is not the job's
 * @param bundle where it finds that, if it may read one
 */
record PreparedProcess(
        SandboxedProcess process,
        JobChannel channel,
        Duration startupCpu,
        @Nullable Path bundle) implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(10);

    /** Starts one, that may read a bundle's directory if there is one; blocks until it is ready. */
    static PreparedProcess start(Sandbox sandbox, Language language, MemorySize memory, @Nullable Path bundle) {
        SandboxedProcess process = sandbox.start(language, memory, bundle);
        var channel = new JobChannel(process.channel());
        if (!isReadyInTime(process, channel)) {
            process.close();
            throw new ProcessRefusedException("the runtime was not ready within %s".formatted(READY_WITHIN));
        }
        Duration startup = process.usage().map(ProcessUsage::cpu).orElse(Duration.ZERO);
        return new PreparedProcess(process, channel, startup, bundle == null ? null : sandbox.placeOf(bundle));
    }

    private static boolean isReadyInTime(SandboxedProcess process, JobChannel channel) {
        var ready = new CountDownLatch(1);
        Thread.ofVirtual().name("await-runtime").start(() -> endIfLate(process, ready));
        try {
            return channel.read(0) instanceof ChannelMessage.Ready;
        } finally {
            ready.countDown();
        }
    }

    private static void endIfLate(SandboxedProcess process, CountDownLatch ready) {
        try {
            if (!ready.await(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.signal(ProcessSignal.KILL);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

package io.bascule.local.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A program that should be running. Once it was ready it is started again when it ends, as an orchestrator of containers
 * would; before that its end is the failure of the start.
 */
final class Supervised {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 5;

    private final Program program;
    private final ProcessTable table;
    private final OutputPump output;
    private final Terminal terminal;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private ManagedProcess process;
    private int shortLives;

    Supervised(Program program, ProcessTable table, OutputPump output, Terminal terminal, InstantSource clock) {
        this.program = program;
        this.table = table;
        this.output = output;
        this.terminal = terminal;
        this.clock = clock;
        this.process = ManagedProcess.start(program, table, output);
    }

    /** Waits until the probe succeeds; fails when the process ends first or the time is over. */
    void awaitReady(Probe probe, Duration within) {
        Instant latest = clock.instant().plus(within);
        ManagedProcess starting = current();
        while (!probe.isReady()) {
            if (starting.hasEndedWithin(Duration.ofMillis(100))) {
                throw endedWhileStarting(starting.awaitEnd(), starting);
            }
            if (clock.instant().isAfter(latest)) {
                throw new LocalFailure("%s is not ready after %d s; its log: ./bascule dev logs %s"
                        .formatted(program.name(), within.toSeconds(), program.name()));
            }
        }
        Thread.ofVirtual().name(program.name() + "-watch").start(this::restartWhenItEnds);
    }

    private LocalFailure endedWhileStarting(int exitCode, ManagedProcess ended) {
        if (stopped.getCount() == 0) {
            return new LocalFailure("Stopped while %s was starting".formatted(program.name()));
        }
        return new LocalFailure("%s ended with %s while starting; its last lines:%n  %s"
                .formatted(
                        program.name(),
                        ManagedProcess.describe(exitCode),
                        String.join(System.lineSeparator() + "  ", ended.lastLines())));
    }

    private void restartWhenItEnds() {
        Instant started = clock.instant();
        while (true) {
            String reason = ManagedProcess.describe(current().awaitEnd());
            if (stopped.getCount() == 0) {
                return;
            }
            boolean lived = started.plus(LONG_ENOUGH).isBefore(clock.instant());
            shortLives = lived ? 1 : shortLives + 1;
            if (shortLives > ATTEMPTS) {
                say("%s keeps ending (%s) and is left alone; its log: ./bascule dev logs %s", reason);
                return;
            }
            say("%s ended with %s and is started again", reason);
            if (!restarted()) {
                return;
            }
            started = clock.instant();
        }
    }

    private void say(String message, String reason) {
        terminal.line("bascule", message.formatted(program.name(), reason, program.name()));
    }

    private boolean restarted() {
        try {
            if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        synchronized (this) {
            if (stopped.getCount() == 0) {
                return false;
            }
            process = ManagedProcess.start(program, table, output);
            return true;
        }
    }

    private synchronized ManagedProcess current() {
        return process;
    }

    /** Ends the process and does not start it again. */
    void stop() {
        ManagedProcess last;
        synchronized (this) {
            stopped.countDown();
            last = process;
        }
        last.stop();
    }

    String name() {
        return program.name();
    }
}

package io.bascule.local;

import io.bascule.local.process.Leftovers;
import io.bascule.local.process.Listening;
import io.bascule.local.process.LocalFailure;
import io.bascule.local.process.Probe;
import io.bascule.local.process.ProcessRecord;
import io.bascule.local.process.Signals;
import io.bascule.local.process.Usage;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What another terminal may ask of the platform that runs from a folder. */
public final class LocalControl {

    private static final Duration LONGEST_STOP = Duration.ofMinutes(3);

    private final Home home;

    public LocalControl(Path home) {
        this.home = Home.durable(home);
    }

    /**
     * One process as it is now.
     *
     * @param state {@code ready}, {@code starting} (running, not ready) or {@code ended}
     * @param port 0 when it listens nowhere
     * @param memoryMegabytes its share of the machine's memory (PSS)
     */
    public record PartStatus(
            String name,
            String state,
            long pid,
            int port,
            Instant startedAt,
            double cpuSeconds,
            long memoryMegabytes) {}

    /** All processes, in the order they were started, the launcher first; empty when nothing runs. */
    public List<PartStatus> status() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            Stream<PartStatus> launcher =
                    FolderLock.holder(home.lock()).stream().map(process -> status(process, client, Usage::ofOne));
            Stream<PartStatus> parts =
                    home.processes().records().stream().map(process -> status(process, client, Usage::of));
            return Stream.concat(launcher, parts).toList();
        }
    }

    private static PartStatus status(ProcessRecord process, HttpClient client, Function<ProcessHandle, Usage> measure) {
        Usage usage = process.running().map(measure).orElse(new Usage(Duration.ZERO, 0));
        return new PartStatus(
                process.name(),
                state(process, client),
                process.pid(),
                process.listening().port(),
                process.startedAt(),
                usage.cpu().toMillis() / 1000.0,
                usage.memoryMegabytes());
    }

    private static String state(ProcessRecord process, HttpClient client) {
        if (process.running().isEmpty()) {
            return "ended";
        }
        Listening listening = process.listening();
        if (listening.port() == 0) {
            return "ready";
        }
        Probe probe = listening.healthPath().isEmpty()
                ? Probe.listening(listening.port())
                : Probe.http(
                        client,
                        URI.create("http://127.0.0.1:%d%s".formatted(listening.port(), listening.healthPath())));
        return probe.isReady() ? "ready" : "starting";
    }

    /** Stops the platform and returns when it has ended; also ends what a killed launcher left. */
    public void stop() {
        Optional<ProcessHandle> launcher = FolderLock.holder(home.lock()).flatMap(ProcessRecord::running);
        if (launcher.isPresent()) {
            launcher.get().destroy();
            if (!Signals.awaitEnd(launcher.get(), LONGEST_STOP)) {
                throw new LocalFailure(
                        "The launcher (process %d) has not ended after %d s: end it with kill -9 %d, then stop again"
                                .formatted(
                                        launcher.get().pid(),
                                        LONGEST_STOP.toSeconds(),
                                        launcher.get().pid()));
            }
        } else if (Leftovers.end(home.processes()).isEmpty()) {
            throw new LocalFailure("Nothing runs from " + home.root());
        }
    }

    /** Kills one process, as a crash would. The launcher starts it again. */
    public void kill(String name) {
        ProcessRecord process = home.processes().records().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        process.running()
                .orElseThrow(() -> new LocalFailure(name + " does not run"))
                .destroyForcibly();
    }

    private LocalFailure unknown(String name) {
        List<String> names =
                home.processes().records().stream().map(ProcessRecord::name).toList();
        return names.isEmpty()
                ? new LocalFailure("Nothing runs from " + home.root())
                : new LocalFailure("%s (expected: one of %s)".formatted(name, String.join(", ", names)));
    }

    /** The log file of a part, which may have ended. */
    public Path log(String name) {
        Path file = home.logs().resolve(name + ".log");
        if (!name.matches("[a-z0-9-]+") || !Files.exists(file)) {
            throw unknown(name);
        }
        return file;
    }

    /** Names of the parts that run. */
    public List<String> names() {
        return home.processes().records().stream().map(ProcessRecord::name).toList();
    }
}

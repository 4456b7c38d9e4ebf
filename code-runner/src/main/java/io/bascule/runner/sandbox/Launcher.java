package io.bascule.runner.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the launcher program: requests go to its standard input, reports come from its standard output, and the
 * processes it starts connect to our socket. When it ends, so have all of its processes.
 */
final class Launcher {

    private static final Logger log = LoggerFactory.getLogger(Launcher.class);
    private static final int GREETING_BYTES = 17;
    private static final long START_SECONDS = 10;

    private final LauncherPlaces places;
    private final Process process;
    private final Writer requests;
    private final BufferedReader reports;
    private final ServerSocketChannel socket;
    private final LauncherReport.Level level;
    private final Map<Long, Pending> processes = new ConcurrentHashMap<>();
    private final LongSupplier ids;

    private Launcher(LauncherPlaces places, Process process, ServerSocketChannel socket, LongSupplier ids)
            throws IOException {
        this.places = places;
        this.process = process;
        this.socket = socket;
        this.ids = ids;
        this.requests = process.outputWriter(StandardCharsets.US_ASCII);
        this.reports = process.inputReader(StandardCharsets.UTF_8);
        String first = reports.readLine();
        if (first == null || !(LauncherReport.parse(first) instanceof LauncherReport.Level offered)) {
            throw new IOException("the launcher ended at once: " + (first == null ? lastWords() : first));
        }
        this.level = offered;
    }

    /** Starts the program and the threads that listen to it; each process gets the next id, never one that was used. */
    static Launcher start(LauncherPlaces places, ProcessBuilder command, LongSupplier ids) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(places.socket()));
        command.environment().clear();
        var launcher = new Launcher(places, command.start(), socket, ids);
        Thread.ofVirtual().name("sandbox-connections").start(launcher::acceptConnections);
        // A read of a process's pipe holds its carrier thread; on two processors, these two would hold them all.
        Thread.ofPlatform().daemon().name("sandbox-reports").start(launcher::readReports);
        Thread.ofPlatform().daemon().name("sandbox-errors").start(launcher::readErrors);
        return launcher;
    }

    LauncherReport.Level level() {
        return level;
    }

    Path directory(long id) {
        return places.jobs().resolve(Long.toString(id));
    }

    ProcessFigures figures() {
        return new ProcessFigures(level.pageBytes(), level.ticksPerSecond());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    SandboxedProcess startProcess(String argument) {
        long id = ids.getAsLong();
        Pending pending = Pending.create();
        processes.put(id, pending);
        try {
            request("start %d %s".formatted(id, argument));
            long pid = pending.pid().get(START_SECONDS, TimeUnit.SECONDS);
            pending.channel().get(START_SECONDS, TimeUnit.SECONDS);
            pending.output().get(START_SECONDS, TimeUnit.SECONDS);
            pending.egress().get(START_SECONDS, TimeUnit.SECONDS);
            return new LauncherProcess(id, pid, this, pending);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw abandon(id, pending, new ProcessRefusedException("interrupted", interrupted));
        } catch (ExecutionException refused) {
            throw abandon(id, pending, new ProcessRefusedException(String.valueOf(refused.getMessage()), refused));
        } catch (TimeoutException late) {
            String reason = "no process within %d s".formatted(START_SECONDS);
            throw abandon(id, pending, new ProcessRefusedException(reason, late));
        }
    }

    void signal(long id, ProcessSignal signal) {
        request("signal %d %d".formatted(id, signal.number()));
    }

    /** Ends the program, and with it every process. */
    void stop() throws IOException {
        requests.close();
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        socket.close();
    }

    /** Whenever the process ends, if it ever began, nothing of it stays. */
    private ProcessRefusedException abandon(long id, Pending pending, ProcessRefusedException reason) {
        signal(id, ProcessSignal.KILL);
        Thread.ofVirtual().name("abandoned-" + id).start(() -> {
            pending.exit().join();
            processes.remove(id, pending);
            pending.closeConnections();
            JobDirectory.delete(directory(id));
        });
        return reason;
    }

    private synchronized void request(String line) {
        try {
            requests.write(line + "\n");
            requests.flush();
        } catch (IOException gone) {
            log.debug("The launcher does not hear: {}", line, gone);
        }
    }

    private void readReports() {
        try {
            String line;
            while ((line = reports.readLine()) != null) {
                take(LauncherReport.parse(line));
            }
        } catch (IOException failure) {
            log.debug("The launcher's reports ended", failure);
        } finally {
            process.destroyForcibly();
            processes.values().forEach(lost -> lost.fail(new ProcessRefusedException("the launcher has ended")));
        }
    }

    private void take(LauncherReport report) {
        switch (report) {
            case LauncherReport.Level _ -> log.debug("The launcher told its level twice");
            case LauncherReport.Started(long id, long pid) -> pending(id).pid().complete(pid);
            case LauncherReport.Refused(long id, String reason) -> forget(id).fail(new ProcessRefusedException(reason));
            case LauncherReport.Ended(long id, ProcessExit exit) -> end(id, pending(id), exit);
        }
    }

    /** A process may end before its connections are accepted; until they are, they have to find it. */
    private void end(long id, Pending process, ProcessExit exit) {
        process.exit().complete(exit);
        var _ = CompletableFuture.allOf(process.channel(), process.output(), process.egress())
                .whenComplete((_, _) -> processes.remove(id, process));
    }

    private Pending pending(long id) {
        return processes.getOrDefault(id, Pending.create());
    }

    private Pending forget(long id) {
        Pending known = processes.remove(id);
        return known == null ? Pending.create() : known;
    }

    private void acceptConnections() {
        try {
            while (true) {
                greet(socket.accept());
            }
        } catch (ClosedChannelException stopped) {
            log.trace("No more connections", stopped);
        } catch (IOException failure) {
            log.error("The sandbox takes no more connections", failure);
            process.destroyForcibly();
        }
    }

    /** The greeting is written before the process is confined, hence by our own code: it comes at once. */
    private void greet(SocketChannel connection) throws IOException {
        ByteBuffer greeting = ByteBuffer.allocate(GREETING_BYTES);
        while (greeting.hasRemaining() && connection.read(greeting) >= 0) {
            log.trace("Reading a greeting");
        }
        if (greeting.hasRemaining()) {
            connection.close();
            return;
        }
        String text = new String(greeting.array(), StandardCharsets.US_ASCII);
        Pending pending = pending(Long.parseLong(text, 0, GREETING_BYTES - 1, 16));
        pending.connection(text.charAt(GREETING_BYTES - 1)).complete(connection);
    }

    private void readErrors() {
        try (var errors = process.errorReader(StandardCharsets.UTF_8)) {
            errors.lines().forEach(line -> log.warn("{}", line));
        } catch (IOException | UncheckedIOException failure) {
            log.debug("The launcher's errors ended", failure);
        }
    }

    private String lastWords() throws IOException {
        try (var errors = process.errorReader(StandardCharsets.UTF_8)) {
            String line = errors.readLine();
            return line == null ? "it said nothing" : line;
        }
    }
}

package io.bascule.runner.sandbox;

import io.bascule.runner.cgroup.JobCgroup;
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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the launcher program: requests go to its standard input, reports come from its standard output, and the
 * processes it starts connect to our socket. When it ends, so have all of its processes.
 */
final class Launcher {

    private static final Logger log = LoggerFactory.getLogger(Launcher.class);
    /** The option that gives jobs namespaces, and directories that nobody else sees. */
    static final String VIEW = "--view";

    /** The option that has a job's process enter the group of its id below a control group. */
    static final String CGROUP = "--cgroup";

    private static final String GROUPED = "start";
    private static final String UNGROUPED = "ungrouped";

    private static final int GREETING_BYTES = 17;
    private static final long START_SECONDS = 10;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final LauncherPlaces places;
    private final Process process;
    private final Writer requests;
    private final BufferedReader reports;
    private final ServerSocketChannel socket;
    private final CompletableFuture<LauncherReport.Level> level = new CompletableFuture<>();
    private volatile String lastWords = "it said nothing";
    private final Map<Long, Pending> processes = new ConcurrentHashMap<>();
    private volatile boolean ended;
    private final LongSupplier ids;
    private final ProcessLimits limits;
    private final boolean showsDirectories;

    private Launcher(
            LauncherPlaces places,
            Process process,
            ServerSocketChannel socket,
            LongSupplier ids,
            ProcessLimits limits,
            boolean showsDirectories) {
        this.places = places;
        this.process = process;
        this.socket = socket;
        this.ids = ids;
        this.limits = limits;
        this.showsDirectories = showsDirectories;
        this.requests = process.outputWriter(StandardCharsets.US_ASCII);
        this.reports = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the program and the threads that listen to it; each process gets the next id, never one that was used. Blocks
     * until the program has told its level, for {@value #START_SECONDS} s at most.
     */
    static Launcher start(LauncherPlaces places, ProcessBuilder command, LongSupplier ids, ProcessLimits limits)
            throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(places.socket()));
            command.environment().clear();
            boolean showsDirectories = !command.command().contains(VIEW);
            return new Launcher(places, command.start(), socket, ids, limits, showsDirectories).listen();
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    private Launcher listen() throws IOException {
        Thread.ofVirtual().name("sandbox-connections").start(this::acceptConnections);
        // A read of a process's pipe holds its carrier thread; on two processors, these two would hold them all.
        Thread.ofPlatform().daemon().name("sandbox-reports").start(this::readReports);
        Thread errors = Thread.ofPlatform().daemon().name("sandbox-errors").start(this::readErrors);
        try {
            level.get(START_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw giveUp("interrupted", interrupted);
        } catch (ExecutionException ended) {
            awaitEnd(errors);
            throw giveUp("the launcher ended at once: " + lastWords, ended);
        } catch (TimeoutException late) {
            throw giveUp("the launcher told nothing within %d s".formatted(START_SECONDS), late);
        }
    }

    private IOException giveUp(String reason, Exception cause) {
        process.destroyForcibly();
        return new IOException(reason, cause);
    }

    private static void awaitEnd(Thread errors) {
        try {
            errors.join(LAST_WORDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    LauncherReport.Level level() {
        return level.resultNow();
    }

    private Path directory(long id) {
        return places.jobs().resolve(Long.toString(id));
    }

    /** Whether a job's directory lies where this process can look. */
    boolean showsDirectories() {
        return showsDirectories;
    }

    ProcessFigures figures() {
        return new ProcessFigures(level().pageBytes(), level().ticksPerSecond());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** One that does not get into its control groups is started again without them, where that may be. */
    SandboxedProcess startProcess(String argument, MemorySize memory, @Nullable Path bundle) {
        String what = bundle == null ? argument : argument + " " + bundle;
        long id = ids.getAsLong();
        JobCgroup group = limits.groupOf(id, memory);
        if (group == null) {
            return startProcess(id, what, null);
        }
        try {
            SandboxedProcess started = startProcess(id, what, group);
            limits.worked();
            return started;
        } catch (UngroupedException refused) {
            limits.failed(String.valueOf(refused.getMessage()));
            return startProcess(ids.getAsLong(), what, null);
        }
    }

    private SandboxedProcess startProcess(long id, String what, @Nullable JobCgroup group) {
        var remains = new Remains(directory(id), group);
        Pending pending = Pending.create();
        expect(id, pending);
        try {
            request("%s %d %s".formatted(group == null ? UNGROUPED : GROUPED, id, what));
            long pid = pending.pid().get(START_SECONDS, TimeUnit.SECONDS);
            pending.channel().get(START_SECONDS, TimeUnit.SECONDS);
            pending.output().get(START_SECONDS, TimeUnit.SECONDS);
            pending.egress().get(START_SECONDS, TimeUnit.SECONDS);
            return new LauncherProcess(id, pid, this, pending, remains);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw abandon(id, pending, remains, new ProcessRefusedException("interrupted", interrupted));
        } catch (ExecutionException refused) {
            throw abandon(id, pending, remains, reason(refused));
        } catch (TimeoutException late) {
            String reason = "no process within %d s".formatted(START_SECONDS);
            throw abandon(id, pending, remains, new ProcessRefusedException(reason, late));
        }
    }

    /** Whoever waits hears that the program has ended; whoever comes after that is told here. */
    private void expect(long id, Pending pending) {
        processes.put(id, pending);
        if (ended) {
            pending.fail(hasEnded());
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

    private static ProcessRefusedException reason(ExecutionException refused) {
        return refused.getCause() instanceof ProcessRefusedException told
                ? told
                : new ProcessRefusedException(String.valueOf(refused.getMessage()), refused);
    }

    /** Whenever the process ends, if it ever began, nothing of it stays. */
    private ProcessRefusedException abandon(long id, Pending pending, Remains remains, ProcessRefusedException reason) {
        signal(id, ProcessSignal.KILL);
        Thread.ofVirtual().name("abandoned-" + id).start(() -> {
            pending.exit().join();
            processes.remove(id, pending);
            pending.closeConnections();
            remains.remove();
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
            level.completeExceptionally(new IOException("no more reports"));
            ended = true;
            processes.values().forEach(lost -> lost.fail(hasEnded()));
        }
    }

    private static ProcessRefusedException hasEnded() {
        return new ProcessRefusedException("the launcher has ended");
    }

    private void take(LauncherReport report) {
        switch (report) {
            case LauncherReport.Level offered -> level.complete(offered);
            case LauncherReport.Started(long id, long pid) -> pending(id).pid().complete(pid);
            case LauncherReport.Refused(long id, String reason) -> forget(id).fail(UngroupedException.refusal(reason));
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
            errors.lines().forEach(line -> {
                log.warn("{}", line);
                lastWords = line;
            });
        } catch (IOException | UncheckedIOException failure) {
            log.debug("The launcher's errors ended", failure);
        }
    }
}

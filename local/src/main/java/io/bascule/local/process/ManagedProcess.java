package io.bascule.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One running process: its output is carried, its record is kept for as long as it runs. */
final class ManagedProcess {

    /** What configures our own programs must come from the declared parts, not from the shell of the person. */
    private static final List<String> NOT_INHERITED =
            List.of("BASCULE_", "SPRING_", "SERVER_", "MANAGEMENT_", "LOGGING_", "JAVA_TOOL_OPTIONS", "PG");

    /** Starts a session of its own, so that Ctrl-C reaches the launcher alone and the parts end in order. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Program program;
    private final ProcessTable table;
    private final Process process;
    private final ProcessRecord record;
    private final OutputPump output;
    private final Thread pumping;

    private ManagedProcess(Program program, ProcessTable table, Process process, OutputPump output) {
        this.program = program;
        this.table = table;
        this.process = process;
        this.output = output;
        this.record = ProcessRecord.of(
                program.name(),
                process.toHandle(),
                program.listening(),
                program.ending().signal());
        table.add(record);
        this.pumping =
                Thread.ofVirtual().name(program.name() + "-output").start(() -> output.carry(process.getInputStream()));
    }

    static ManagedProcess start(Program program, ProcessTable table, OutputPump output) {
        ProcessBuilder builder = new ProcessBuilder(inOwnSession(program.command()))
                .directory(program.directory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true);
        setEnvironment(builder.environment(), program);
        try {
            return new ManagedProcess(program, table, builder.start(), output);
        } catch (IOException e) {
            throw new LocalFailure("%s cannot be started: %s".formatted(program.name(), e.getMessage()), e);
        }
    }

    private static List<String> inOwnSession(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> detached = new ArrayList<>(List.of(SETSID.toString()));
        detached.addAll(command);
        return detached;
    }

    private static void setEnvironment(Map<String, String> environment, Program program) {
        environment.keySet().removeIf(name -> NOT_INHERITED.stream().anyMatch(name::startsWith));
        environment.putAll(program.environment());
    }

    /** Waits for the end for at most so long; says whether the process has ended. */
    boolean hasEndedWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits for the end and for the last of the output; returns the exit code. */
    int awaitEnd() {
        try {
            int code = process.waitFor();
            pumping.join(Duration.ofSeconds(2));
            table.remove(record);
            return code;
        } catch (InterruptedException e) {
            throw new LocalFailure("Interrupted while waiting for " + program.name(), e);
        }
    }

    void stop() {
        Signals.end(
                process.toHandle(), program.ending().signal(), program.ending().within());
        awaitEnd();
    }

    /** Why it ended, in words. */
    static String describe(int exitCode) {
        return exitCode > 128 ? "signal " + (exitCode - 128) : "exit code " + exitCode;
    }

    List<String> lastLines() {
        return output.lastLines();
    }
}

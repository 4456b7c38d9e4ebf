package io.bascule.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform as {@code bascule dev} runs it, and the block that it prints. */
final class Platform implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(8);
    private static final Duration STOP = Duration.ofMinutes(3);

    private final Path home;
    private final int portBase;
    private final Process launcher;
    private final Output output;

    private Platform(Path home, int portBase, Process launcher) {
        this.home = home;
        this.portBase = portBase;
        this.launcher = launcher;
        this.output = Output.of(launcher.getInputStream());
    }

    /** Starts without waiting. */
    static Platform start(Path home, int portBase, String... options) throws IOException {
        shareUnpackedPrograms(home);
        List<String> command = new ArrayList<>(Checkout.bascule());
        command.addAll(List.of("dev", "--home", home.toString(), "--port-base", Integer.toString(portBase)));
        command.addAll(List.of(options));
        Process launcher = new ProcessBuilder(command)
                .directory(Checkout.root().toFile())
                .redirectErrorStream(true)
                .start();
        return new Platform(home, portBase, launcher);
    }

    /** Every home of ours unpacks the same programs: once is enough. */
    private static void shareUnpackedPrograms(Path home) throws IOException {
        Path shared = Files.createDirectories(Checkout.root().resolve("system-tests/target/apps"));
        Path link = Files.createDirectories(home).resolve("apps");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, shared);
        }
    }

    Platform awaitReady() throws InterruptedException {
        output.await(line -> line.startsWith("Bascule is ready"), START);
        output.await(line -> line.startsWith("Ctrl-C stops everything"), START);
        return this;
    }

    /** What stands behind a word of the printed block. */
    String printed(String word) {
        return printed(Pattern.compile("(?m)^  " + word + " +(\\S+)$"));
    }

    String printed(Pattern pattern) {
        Matcher matcher = pattern.matcher(output.text());
        if (!matcher.find()) {
            throw new AssertionError("nothing like %s was printed:%n%s".formatted(pattern, output.text()));
        }
        return matcher.group(1);
    }

    /** The printed commands, in their order. */
    List<String> commands() {
        return output.text()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("./bascule "))
                .toList();
    }

    Output output() {
        return output;
    }

    /** The folder that it keeps itself in. */
    Path home() {
        return home;
    }

    int portOf(String part) {
        return read("ports.json").path(part).asInt();
    }

    /** The process that runs a part now; it is another one after a restart. */
    long pidOf(String part) {
        return read("processes.json")
                .valueStream()
                .filter(process -> process.path("name").asString().equals(part))
                .map(process -> process.path("pid").asLong())
                .reduce((_, last) -> last)
                .orElseThrow(() -> new AssertionError(part + " does not run"));
    }

    /** Keeps the launcher from starting again what ends, until {@link #thawLauncher()}. */
    void freezeLauncher() {
        Signals.send(launcher.pid(), "STOP");
    }

    void thawLauncher() {
        Signals.send(launcher.pid(), "CONT");
    }

    private JsonNode read(String file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(home.resolve(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every process that belongs to it, the launcher first. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> processes = new ArrayList<>(List.of(launcher.toHandle()));
        launcher.descendants().forEach(processes::add);
        recorded().forEach(pid -> ProcessHandle.of(pid).ifPresent(processes::add));
        return processes.stream().distinct().toList();
    }

    private List<Long> recorded() {
        Path file = home.resolve("processes.json");
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Long> pids = new ArrayList<>();
        for (JsonNode process : read("processes.json")) {
            pids.add(process.path("pid").asLong());
        }
        return pids;
    }

    /** Asks the launcher to end, as Ctrl-C does; returns its exit code. */
    int terminate() throws InterruptedException {
        launcher.destroy();
        return awaitExit();
    }

    /** Gives the launcher no chance to stop anything. */
    void killLauncher() throws InterruptedException {
        launcher.destroyForcibly();
        launcher.waitFor();
    }

    int awaitExit() throws InterruptedException {
        if (!launcher.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the launcher has not ended:\n" + output.text());
        }
        return launcher.exitValue();
    }

    /** What is left of a platform that has ended: should be nothing. */
    List<String> remains(List<ProcessHandle> earlier) {
        List<String> remains = new ArrayList<>();
        earlier.stream()
                .filter(ProcessHandle::isAlive)
                .forEach(process -> remains.add(
                        "process " + process.pid() + " " + process.info().commandLine()));
        for (int port = portBase; port < portBase + 110; port++) {
            if (!PortRange.isFree(port)) {
                remains.add("port " + port);
            }
        }
        Stream.of("lock", "processes.json", "ports.json", "ephemeral")
                .filter(name -> Files.exists(home.resolve(name)))
                .forEach(remains::add);
        return remains;
    }

    /** For a test that failed: ends whatever still runs. */
    @Override
    public void close() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }
}

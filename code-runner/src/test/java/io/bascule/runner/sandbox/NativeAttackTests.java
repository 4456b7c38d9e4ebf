package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The worst case: native code runs in the job's process. A probe takes the runtime's place and tries every system call
 * that reaches beyond it; the same probe outside shows that each would have worked.
 */
@NeedsSandbox
@Timeout(60)
class NativeAttackTests {

    private static final String OK = "ok";
    private static final int SIGSYS = 31;

    /** What the kernel keeps from ordinary users anyway, so that only root's control shows it. */
    private static final Set<String> ROOT_ONLY = Set.of("bpf", "perf", "userfaultfd", "set-host-name", "mount");

    /** What not every kernel was built with. */
    private static final Set<String> NOT_IN_EVERY_KERNEL = Set.of("load-module", "socket-vsock", "io-uring");

    @TempDir
    Path directory;

    private Path probe;
    private Path outside;
    private Process victim;

    @BeforeEach
    void buildTheProbe() throws Exception {
        probe = directory.resolve("probe");
        var compiler = new ProcessBuilder("cc", "-static", "-O1", "-w", "-o", probe.toString(), "src/test/c/probe.c")
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        outside = Files.writeString(directory.resolve("outside"), "somebody's secret");
        victim = new ProcessBuilder("sleep", "60").start();
        openToEveryone();
    }

    @AfterEach
    void endTheVictim() {
        victim.destroyForcibly();
    }

    @ParameterizedTest
    @EnumSource(SandboxLevel.class)
    void nothingThatReachesBeyondTheProcessIsPermitted(SandboxLevel level) throws Exception {
        assumeTrue(level == SandboxLevel.CONFINED || TestSandbox.hasNamespaces(), "no user namespaces");
        Map<String, String> inside = reportAt(level);

        assertThat(inside).hasSizeGreaterThan(55).containsEntry("done", OK).containsEntry("before-int80", OK);
        assertThat(inside.entrySet().stream()
                        .filter(attempt -> attempt.getValue().equals(OK))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("done", "before-int80");
        assertThat(victim.isAlive()).isTrue();
        assertThat(outside).hasContent("somebody's secret");
    }

    @Test
    void allOfItWouldHaveWorkedWithoutTheSandbox() throws Exception {
        Map<String, String> control = controlReport();

        boolean root = System.getProperty("user.name").equals("root");
        assertThat(control.entrySet().stream()
                        .filter(attempt -> !attempt.getValue().equals(OK))
                        .map(Map.Entry::getKey)
                        .filter(name -> root || !ROOT_ONLY.contains(name))
                        .filter(name -> !NOT_IN_EVERY_KERNEL.contains(name)))
                .isEmpty();
        assertThat(control).hasSizeGreaterThan(50).containsEntry("ptrace", OK).containsEntry("fork", OK);
    }

    @Test
    void theOtherSystemCallTableEndsTheProcess() throws Exception {
        try (var run = new ConfinedRun(SandboxLevel.CONFINED)) {
            assertThat(run.readAll()).doesNotContain("\nint80");
            assertThat(run.process.awaitExit())
                    .returns(ProcessExit.Cause.SIGNAL, ProcessExit::cause)
                    .returns(SIGSYS, ProcessExit::number);
        }
    }

    private Map<String, String> reportAt(SandboxLevel level) throws Exception {
        try (var run = new ConfinedRun(level)) {
            return parse(run.readAll());
        }
    }

    private Map<String, String> controlReport() throws IOException {
        var control = new ProcessBuilder(probe.toString(), outside.toString(), Long.toString(victim.pid()))
                .directory(Files.createDirectory(directory.resolve("control")).toFile())
                .start();
        return parse(new String(control.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> parse(String report) {
        return report.lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    /** So that only the sandbox stands between a job's user and the file. */
    private void openToEveryone() throws IOException {
        directory.toFile().setExecutable(true, false);
        directory.toFile().setReadable(true, false);
        assertThat(outside.toFile().setWritable(true, false)).isTrue();
    }

    /** The probe in the runtime's place. */
    private final class ConfinedRun implements AutoCloseable {

        private final SandboxFiles files = SandboxFiles.create(null, null);
        private final Launcher launcher;
        private final SandboxedProcess process;

        ConfinedRun(SandboxLevel level) throws IOException {
            LauncherPlaces places = files.places(Language.JAVASCRIPT);
            var command = new ArrayList<>(List.of(
                    files.launcher().toString(),
                    places.socket().toString(),
                    places.jobs().toString(),
                    probe.toString()));
            if (level == SandboxLevel.NAMESPACED) {
                command.addAll(
                        List.of(Launcher.VIEW, files.view().toString(), "--disk-bytes", "1048576", "--files", "99"));
            }
            command.addAll(List.of("--", outside.toString(), Long.toString(victim.pid())));
            launcher = Launcher.start(
                    places, new ProcessBuilder(command), new AtomicLong()::incrementAndGet, ProcessLimits.none());
            process = launcher.startProcess("probe", new MemorySize(192), null);
        }

        String readAll() throws IOException {
            return NativeAttackTests.readAll(process.channel());
        }

        @Override
        public void close() throws IOException {
            process.close();
            launcher.stop();
            files.delete();
        }
    }

    private static String readAll(ReadableByteChannel channel) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(64 * 1024);
        while (channel.read(all) >= 0) {
            assertThat(all.hasRemaining()).isTrue();
        }
        return new String(all.array(), 0, all.position(), StandardCharsets.UTF_8);
    }
}

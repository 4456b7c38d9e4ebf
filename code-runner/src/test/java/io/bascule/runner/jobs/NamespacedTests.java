package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsNamespaces;
import io.bascule.runner.sandbox.SandboxLevel;
import io.bascule.runner.sandbox.TestSandbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What namespaces add. Where the level below shows it, the same function there is the control. */
@NeedsNamespaces
@Timeout(120)
class NamespacedTests {

    private TestRunner runner;

    @BeforeEach
    void start() {
        runner = new TestRunner(SandboxLevel.NAMESPACED, 2, 0);
    }

    @AfterEach
    void stop() {
        runner.close();
    }

    @Test
    void aJobCannotEvenAskWhetherTheMachinesFilesExist() {
        String source = """
                const fs = require('node:fs');
                const handler = (paths) => paths.map((path) => fs.existsSync(path));
                """;
        String paths = "[\"/etc/passwd\",\"/var\",\"/proc/1/environ\",\"/sys/kernel\",\"%s\",\"/dev/null\"]"
                .formatted(TestSandbox.root(runner.sandbox));

        assertThat(runner.result(source, paths)).isEqualTo("[false,false,false,false,true,true]");
        try (var confined = new TestRunner(SandboxLevel.CONFINED, 1, 0)) {
            assertThat(confined.result(source, paths)).isEqualTo("[true,true,true,true,true,true]");
        }
    }

    @Test
    void itIsTheFirstOfItsOwnProcessesOnAMachineWithAnotherName() {
        String source = """
                const handler = () => [process.pid, process.ppid, require('node:os').hostname(), process.cwd(),
                  process.memoryUsage().rss > 10_000_000];
                """;

        assertThat(runner.result(source, "0")).isEqualTo("[1,0,\"function\",\"/job\",true]");
    }

    @Test
    void itsDirectoryHoldsExactlyWhatItMay() {
        String source = """
                const fs = require('node:fs');
                function handler() {
                  const file = fs.openSync('file', 'w');
                  let wrote = 0;
                  try { for (;;) wrote += fs.writeSync(file, Buffer.alloc(4096)); } catch (error) { return [error.code, wrote]; }
                }
                """;

        assertThat(runner.result(source, "0")).isEqualTo("[\"ENOSPC\",%d]".formatted(TestSandbox.DISK_BYTES));
    }

    @Test
    void itHoldsExactlyAsManyFilesAsItMay() {
        String source = """
                const fs = require('node:fs');
                function handler() {
                  let made = 0;
                  try { for (;; made++) fs.writeFileSync('file' + made, ''); } catch (error) { return [error.code, made]; }
                }
                """;

        assertThat(runner.result(source, "0")).isEqualTo("[\"ENOSPC\",%d]".formatted(TestSandbox.FILES + 1));
        assertThat(runner.run(source.replace("return [error.code, made]", "throw error"))
                        .outcome())
                .isEqualTo(new HitLimit(LimitKind.DISK, TestSandbox.DISK_BYTES));
    }

    @Test
    void aFunctionThatListensForItIsAskedToEndAndOneThatDoesNotEndsAtOnce() {
        var limits = new JobLimits(
                Duration.ofSeconds(2),
                TestRunner.LIMITS.cpuTime(),
                TestRunner.LIMITS.memory(),
                TestRunner.LIMITS.outputBytes(),
                TestRunner.LIMITS.logBytes());
        String waits = "await new Promise((resolve) => setTimeout(resolve, 60000)); }";

        var asked = runner.run(
                "async function handler() { process.on('SIGTERM', () => console.log('tidied up')); " + waits,
                "0",
                limits);
        var deaf = runner.run("async function handler() { " + waits, "0", limits);

        assertThat(asked.outcome()).isEqualTo(new HitLimit(LimitKind.WALL_TIME, 2_000));
        assertThat(asked.log()).contains("INFO tidied up");
        assertThat(deaf.outcome()).isEqualTo(new HitLimit(LimitKind.WALL_TIME, 2_000));
    }

    @Test
    void whenTheLauncherDiesItsJobsDieAndTheNextOneRuns() throws Exception {
        var job = runner.begin(
                "async function handler() { console.log('up'); await new Promise((r) => setTimeout(r, 60000)); }",
                "{}",
                TestRunner.LIMITS);
        job.awaitFirstLine();
        ProcessHandle launcher = TestSandbox.launchers(runner.sandbox).stream()
                .filter(candidate -> candidate.children().findAny().isPresent())
                .findFirst()
                .orElseThrow();
        List<ProcessHandle> processes = launcher.children().toList();
        assertThat(processes).hasSize(1);

        assertThat(launcher.destroyForcibly()).isTrue();

        assertThat(job.await().outcome()).isInstanceOf(Lost.class);
        processes.getFirst().onExit().get(60, TimeUnit.SECONDS);
        assertThat(runner.result("const handler = () => 'again';", "0")).isEqualTo("\"again\"");
        assertThat(runner.leftovers()).isEmpty();
    }

    @Test
    void pythonHasAllOfThisToo() {
        if (!runner.sandbox.languages().contains(Language.PYTHON)) {
            return;
        }
        String source = """
                import os, pathlib, sqlite3, zoneinfo
                def handler(input):
                    return [os.getpid(), os.getppid(), os.uname().nodename, os.getcwd(), os.path.exists('/etc/passwd')]
                """;

        assertThat(runner.result(Language.PYTHON, source, "0")).isEqualTo("[1,0,\"function\",\"/job\",false]");
    }
}

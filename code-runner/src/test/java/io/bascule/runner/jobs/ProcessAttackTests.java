package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.NeedsSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A function that goes for other processes, or makes some. Each attack succeeds in the control, outside the sandbox. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class ProcessAttackTests {

    private TestRunner runner;
    private Path directory;
    private Process victim;

    @BeforeAll
    void start(@TempDir Path directory) {
        this.directory = directory;
        runner = new TestRunner(3, 2);
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @BeforeEach
    void startAVictim() throws IOException {
        victim = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void endTheVictim() {
        victim.destroyForcibly();
    }

    @Test
    void noOtherProcessCanBeSignalled() throws Exception {
        String attack = """
                const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code; } };
                const handler = (pid) => [attempt(() => process.kill(process.ppid, 0)), attempt(() => process.kill(pid, 'SIGKILL'))];
                """;
        String pid = Long.toString(victim.pid());

        assertThat(runner.result(attack, pid)).isEqualTo("[\"EPERM\",\"EPERM\"]");
        assertThat(victim.isAlive()).isTrue();
        assertThat(Control.result(directory, attack, pid)).isEqualTo("[\"ok\",\"ok\"]");
        assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void killingEverybodyKillsNobody() throws Exception {
        var bystander = runner.begin(
                "async function handler() { console.log('up'); await new Promise((r) => setTimeout(r, 300)); return 1; }",
                "{}",
                TestRunner.LIMITS);
        bystander.awaitFirstLine();
        String attack = """
                const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code; } };
                const handler = () => [-1, 0].map((all) => attempt(() => process.kill(all, 'SIGKILL')));
                """;

        assertThat(runner.result(attack, "0")).isEqualTo("[\"EPERM\",\"EPERM\"]");
        assertThat(bystander.await().outcome()).isEqualTo(new JobOutcome.Succeeded("1"));
        assertThat(victim.isAlive()).isTrue();
    }

    @Test
    void noProcessCanBeStartedHoweverOftenItIsTried() throws IOException {
        String attack = """
                const { spawnSync, spawn } = require('node:child_process');
                const handler = async (times) => {
                  let started = 0;
                  for (let n = 0; n < times; n++) if (spawnSync('/bin/true').error === undefined) started++;
                  const daemon = await new Promise((resolve) => {
                    try {
                      const child = spawn('/bin/sleep', ['1'], { detached: true, stdio: 'ignore' });
                      child.on('error', (error) => resolve(error.code));
                      child.on('spawn', () => { child.unref(); resolve('ok'); });
                    } catch (error) { resolve(error.code); }
                  });
                  return [started, daemon];
                };
                """;

        assertThat(Control.result(directory, attack, "5")).isEqualTo("[5,\"ok\"]");
        assertThat(runner.result(attack, "500")).isEqualTo("[0,\"EPERM\"]");
    }

    /** Node 20 cannot be asked to; a newer one is ended by the refusal. */
    @Test
    void theProcessCannotBecomeAnotherProgram() throws Exception {
        String attack = """
                const handler = () => process.execve
                  ? process.execve('/bin/echo', ['echo', 'RESULT "another"'], {})
                  : 'cannot be asked';
                """;

        String control = Control.result(directory, attack, "0");
        TestRunner.Ran confined = runner.run(attack);

        if (control.equals("\"another\"")) {
            assertThat(confined.outcome()).isInstanceOf(JobOutcome.Failed.class);
            assertThat(confined.log()).anyMatch(line -> line.contains("execve failed with error code EPERM"));
        } else {
            assertThat(control).isEqualTo("\"cannot be asked\"");
        }
    }

    @Test
    void theProcessCannotBecomeAnotherUser() {
        String attack = """
                const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code; } };
                const handler = () =>
                  [attempt(() => process.setuid(0)), attempt(() => process.setgroups([0])), process.getuid() !== 0];
                """;

        assertThat(runner.result(attack, "0")).isEqualTo("[\"EPERM\",\"EPERM\",true]");
    }

    @Test
    void nativeCodeCannotBeLoaded() {
        String attack = """
                const handler = () => { try { process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libm.so.6'); return 'ok'; }
                  catch (error) { return error.code; } };
                """;

        assertThat(runner.result(attack, "0")).isEqualTo("\"ERR_DLOPEN_DISABLED\"");
    }

    @Test
    void aBombOfThreadsEndsItsOwnJobOnly() {
        var ran = runner.run("""
                const { Worker } = require('node:worker_threads');
                async function handler() {
                  for (;;) {
                    new Worker('for (;;) {}', { eval: true }).on('error', () => {});
                    await new Promise((resolve) => setTimeout(resolve, 1));
                  }
                }
                """);

        assertThat(ran.outcome())
                .isInstanceOfSatisfying(
                        HitLimit.class,
                        hit -> assertThat(hit.kind()).isIn(LimitKind.THREADS, LimitKind.MEMORY, LimitKind.CPU_TIME));
        assertThat(runner.result("const handler = () => 'fine';", "0")).isEqualTo("\"fine\"");
    }
}

package io.bascule.runner.jobs;

import static io.bascule.runner.jobs.Attack.refused;
import static io.bascule.runner.jobs.Attack.stoppedAt;
import static io.bascule.runner.sandbox.Language.JAVASCRIPT;
import static io.bascule.runner.sandbox.Language.PYTHON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.TestSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What hostile code tries, and how its failing looks. */
final class Attacks {

    /** Signals and system calls that JavaScript has no words for are Python's; {@code NativeAttackTests} tries them all. */
    static final List<Attack> ALL = List.of(
            refused("fork-bomb", JAVASCRIPT, PYTHON),
            refused("daemon", JAVASCRIPT, PYTHON),
            refused("other-program", JAVASCRIPT, PYTHON),
            refused("kill-everybody", JAVASCRIPT, PYTHON),
            refused("kill-another", JAVASCRIPT, PYTHON),
            refused("ptrace", PYTHON),
            refused("environment-of-others", JAVASCRIPT, PYTHON),
            refused("read-outside", JAVASCRIPT, PYTHON),
            refused("write-outside", JAVASCRIPT, PYTHON),
            refused("links", JAVASCRIPT, PYTHON),
            refused("climbing-out", JAVASCRIPT, PYTHON),
            refused("other-user", JAVASCRIPT, PYTHON),
            refused("namespaces", JAVASCRIPT, PYTHON),
            refused("mounts", PYTHON),
            refused("kernel-interfaces", PYTHON),
            refused("sockets", JAVASCRIPT, PYTHON),
            refused("raw-sockets", PYTHON),
            refused("name-service", JAVASCRIPT, PYTHON),
            refused("native-addon", JAVASCRIPT),
            refused("native-calls", PYTHON),
            stoppedAt(LimitKind.MEMORY, "memory-bomb", JAVASCRIPT, PYTHON),
            stoppedAt(LimitKind.MEMORY, "memory-burst", PYTHON),
            stoppedAt(LimitKind.CPU_TIME, "endless-loop", JAVASCRIPT, PYTHON),
            stoppedAt(LimitKind.WALL_TIME, "holding-a-space", JAVASCRIPT, PYTHON),
            stoppedAt(LimitKind.OUTPUT, "output-flood", JAVASCRIPT, PYTHON),
            stoppedAt(LimitKind.LOG, "log-flood", JAVASCRIPT, PYTHON),
            stoppedAt(LimitKind.LOG, "log-flood-past-the-wrapper", PYTHON),
            stoppedAt(LimitKind.DISK, "disk-fill", JAVASCRIPT, PYTHON),
            stoppedAt(LimitKind.DISK, "large-file", JAVASCRIPT, PYTHON),
            stoppedAt(LimitKind.DISK, "inode-fill", JAVASCRIPT, PYTHON),
            stoppedAt(LimitKind.THREADS, "thread-bomb", PYTHON),
            stoppedAt(LimitKind.THREADS, "thread-bomb", JAVASCRIPT).orAt(LimitKind.MEMORY));

    /** What the kernel keeps from ordinary users anyway, so that only root's control shows it. */
    static final Set<String> ROOT_ONLY = Set.of("raw-sockets", "mounts", "kernel-interfaces");

    private Attacks() {}

    /** Each in each of its languages, as arguments of a test. */
    static Stream<Arguments> inEachLanguage() {
        return ALL.stream()
                .flatMap(attack -> attack.languages().stream().map(language -> Arguments.of(attack, language)));
    }

    /** Enough for a busy machine, except of what the attack takes too much of. */
    static JobLimits limits(Attack attack) {
        return new JobLimits(
                Duration.ofSeconds(attack.hits().contains(LimitKind.WALL_TIME) ? 1 : 60),
                Duration.ofSeconds(attack.hits().contains(LimitKind.CPU_TIME) ? 1 : 10),
                TestRunner.LIMITS.memory(),
                TestRunner.LIMITS.outputBytes(),
                TestRunner.LIMITS.logBytes());
    }

    static void assertFailed(Attack attack, TestRunner.Ran ran) {
        if (attack.hits().isEmpty()) {
            assertThat(ran.outcome()).as("%s, log: %s", attack, ran.log()).isInstanceOf(Succeeded.class);
            assertThat(((Succeeded) ran.outcome()).output())
                    .as("%s", attack)
                    .contains("\"")
                    .doesNotContain("\"ok\"");
        } else {
            assertThat(ran.outcome())
                    .as("%s, log: %s", attack, ran.log().size())
                    .isInstanceOfSatisfying(
                            HitLimit.class, hit -> assertThat(hit.kind()).isIn(attack.hits()));
        }
    }

    static void assumeThereIs(Language language) {
        assumeTrue(language == JAVASCRIPT || TestSandbox.hasPython(), "no Python 3.9 or newer that jobs may use");
    }
}

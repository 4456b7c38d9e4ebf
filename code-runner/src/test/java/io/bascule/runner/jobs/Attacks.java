package io.bascule.runner.jobs;

import static io.bascule.runner.jobs.Attack.comesTo;
import static io.bascule.runner.jobs.Attack.failsAs;
import static io.bascule.runner.jobs.Attack.refused;
import static io.bascule.runner.jobs.Attack.stoppedAt;
import static io.bascule.runner.sandbox.Language.JAVASCRIPT;
import static io.bascule.runner.sandbox.Language.PYTHON;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.TestSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What hostile code tries, and how its failing looks. */
final class Attacks {

    /**
     * Those that work outside the sandbox. Signals and system calls that JavaScript has no words for are Python's; {@code
     * NativeAttackTests} tries them all.
     */
    static final List<Attack> ON_THE_MACHINE = List.of(
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
            refused("requests", JAVASCRIPT, PYTHON),
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
            stoppedAt(Set.of(LimitKind.THREADS, LimitKind.MEMORY), "thread-bomb", JAVASCRIPT));

    /** Those on what stands between function and runner, which is only there in the sandbox. */
    static final List<Attack> ON_THE_WRAPPER = List.of(
            comesTo("\"forged\"", "forged-result", JAVASCRIPT, PYTHON),
            failsAs("ProcessEnded", "replaced-channel", JAVASCRIPT, PYTHON),
            failsAs("ChannelError", "garbage-on-the-channel", JAVASCRIPT, PYTHON),
            failsAs("ChannelError", "lie-about-progress", JAVASCRIPT, PYTHON),
            comesTo("42", "replaced-built-ins", JAVASCRIPT, PYTHON),
            failsAs("InvalidResult", "deep-json", JAVASCRIPT, PYTHON),
            failsAs("InvalidResult", "invalid-utf8", JAVASCRIPT, PYTHON),
            refused("metadata", JAVASCRIPT, PYTHON));

    /** What the kernel keeps from ordinary users anyway, so that only root's control shows it. */
    static final Set<String> ROOT_ONLY = Set.of("raw-sockets", "mounts", "kernel-interfaces");

    private Attacks() {}

    /** One of them in one of its languages. */
    record Attempt(Attack attack, Language language) {

        private static Stream<Attempt> each(Attack attack) {
            return attack.languages().stream().map(language -> new Attempt(attack, language));
        }

        private Arguments arguments() {
            return Arguments.of(attack, language);
        }
    }

    /** All of them, each in each of its languages. */
    static List<Attempt> attempts() {
        return Stream.concat(ON_THE_MACHINE.stream(), ON_THE_WRAPPER.stream())
                .flatMap(Attempt::each)
                .toList();
    }

    /** The same, as arguments of a test. */
    static Stream<Arguments> inEachLanguage() {
        return attempts().stream().map(Attempt::arguments);
    }

    /** Those on the machine only. */
    static Stream<Arguments> thatWorkOutside() {
        return ON_THE_MACHINE.stream().flatMap(Attempt::each).map(Attempt::arguments);
    }

    /** Enough for a busy machine, except of what the attack takes too much of. */
    static JobLimits limits(Attack attack) {
        return new JobLimits(
                Duration.ofSeconds(attack.isStoppedAt(LimitKind.WALL_TIME) ? 1 : 60),
                Duration.ofSeconds(attack.isStoppedAt(LimitKind.CPU_TIME) ? 1 : 10),
                TestRunner.LIMITS.memory(),
                TestRunner.LIMITS.outputBytes(),
                TestRunner.LIMITS.logBytes());
    }

    static void assumeThereIs(Language language) {
        assumeTrue(language == JAVASCRIPT || TestSandbox.hasPython(), "no Python 3.9 or newer that jobs may use");
    }
}

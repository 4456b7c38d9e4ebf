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
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of a sandbox: each attack fails inside, in each language, and would have worked outside. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class AttackTests {

    /** Signals and system calls that JavaScript has no words for are Python's; {@code NativeAttackTests} tries them all. */
    private static final List<Attack> ATTACKS = List.of(
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
    private static final Set<String> ROOT_ONLY = Set.of("raw-sockets", "mounts", "kernel-interfaces");

    private static final int MANY = 50;

    private TestRunner runner;
    private Target target;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        runner = new TestRunner(MANY, 2);
        target = Target.create(directory);
    }

    @AfterAll
    void stop() throws Exception {
        target.close();
        runner.close();
    }

    static Stream<Arguments> attacks() {
        return ATTACKS.stream()
                .flatMap(attack -> attack.languages().stream().map(language -> Arguments.of(attack, language)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("attacks")
    void failsInTheSandbox(Attack attack, Language language) throws Exception {
        assumeThereIs(language);

        var ran = runner.begin(language, attack.source(language), target.inside(), limits(attack))
                .await();

        assertFailed(attack, ran);
        assertThat(target.isUnharmed()).isTrue();
        assertThat(runner.leftovers()).isEmpty();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("attacks")
    void worksOutside(Attack attack, Language language, @TempDir Path directory) throws Exception {
        assumeThereIs(language);
        assumeTrue(
                "root".equals(System.getProperty("user.name")) || !ROOT_ONLY.contains(attack.name()),
                "only root's control shows it");

        // Two folders down: an attack that climbs ends in the test's own directory.
        Path home = Files.createDirectories(directory.resolve("home/of"));
        String result = Control.result(language, home, attack.source(language), target.outside(directory));

        assertThat(result.replace("x".repeat(8 << 20), "ok")).matches("\"ok\"|\\[(\"ok\",? ?)+]");
    }

    @Test
    void fiftyAttacksAtOnceFailAndLeaveNothing() throws Exception {
        List<Attack> cheap = ATTACKS.stream()
                .filter(attack -> attack.languages().contains(PYTHON))
                .toList();
        assumeThereIs(PYTHON);
        var courses = new ArrayList<TestRunner.Course>();
        for (int n = 0; n < MANY; n++) {
            Attack attack = cheap.get(n % cheap.size());
            courses.add(runner.begin(PYTHON, attack.source(PYTHON), target.inside(), limits(attack)));
        }

        for (int n = 0; n < MANY; n++) {
            Attack attack = cheap.get(n % cheap.size());
            var ran = courses.get(n).await();
            if (ran.outcome() instanceof HitLimit) {
                continue; // On a busy machine any of them may meet its time first.
            }
            assertFailed(attack, ran);
        }
        assertThat(runner.spaces.remaining()).isEqualTo(MANY);
        assertThat(runner.leftovers()).isEmpty();
        assertThat(target.isUnharmed()).isTrue();
        assertThat(runner.result("const handler = () => 'fine';", "0")).isEqualTo("\"fine\"");
    }

    /** Enough for a busy machine, except of what the attack takes too much of. */
    private static JobLimits limits(Attack attack) {
        return new JobLimits(
                Duration.ofSeconds(attack.hits().contains(LimitKind.WALL_TIME) ? 2 : 30),
                Duration.ofSeconds(attack.hits().contains(LimitKind.CPU_TIME) ? 1 : 10),
                TestRunner.LIMITS.memory(),
                TestRunner.LIMITS.outputBytes(),
                TestRunner.LIMITS.logBytes());
    }

    private static void assertFailed(Attack attack, TestRunner.Ran ran) {
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

    private static void assumeThereIs(Language language) {
        assumeTrue(language == JAVASCRIPT || TestSandbox.hasPython(), "no Python 3.9 or newer that jobs may use");
    }
}

package io.bascule.runner.jobs;

import static io.bascule.runner.sandbox.Language.JAVASCRIPT;
import static io.bascule.runner.sandbox.Language.PYTHON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.SandboxLevel;
import io.bascule.runner.sandbox.TestSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a sandbox of any level keeps: each attack fails, in each language, alone and among many, and leaves nothing. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
abstract class AttackContract {

    private static final int MANY = 50;
    private static final int ROUNDS = Boolean.getBoolean("bascule.soak") ? 10 : 1;

    private final SandboxLevel level;
    private TestRunner runner;
    private Target target;

    AttackContract(SandboxLevel level) {
        this.level = level;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        runner = new TestRunner(level, MANY, 2);
        target = Target.create(directory);
    }

    @AfterAll
    void stop() throws Exception {
        target.close();
        runner.close();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("io.bascule.runner.jobs.Attacks#inEachLanguage")
    void failsInTheSandbox(Attack attack, Language language) throws Exception {
        assumeThereIs(language);

        var ran = runner.begin(language, attack.source(language), target.inside(), Attacks.limits(attack))
                .await();

        Attacks.assertFailed(attack, ran);
        assertThat(target.isUnharmed()).isTrue();
        assertThat(runner.leftovers()).isEmpty();
    }

    @Test
    void fiftyAttacksAtOnceFailAndLeaveNothing() throws Exception {
        assumeThereIs(PYTHON);
        List<Attack> cheap = Attacks.ALL.stream()
                .filter(attack -> attack.languages().contains(PYTHON))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            attackAtOnce(cheap, round * MANY);
        }
        assertThat(runner.result("const handler = () => 'fine';", "0")).isEqualTo("\"fine\"");
    }

    private void attackAtOnce(List<Attack> attacks, int first) throws Exception {
        var courses = new ArrayList<TestRunner.Course>();
        for (int n = 0; n < MANY; n++) {
            Attack attack = attacks.get((first + n) % attacks.size());
            courses.add(runner.begin(PYTHON, attack.source(PYTHON), target.inside(), Attacks.limits(attack)));
        }
        assertThat(runner.spaces.total() - runner.spaces.remaining()).isLessThanOrEqualTo(MANY);
        for (int n = 0; n < MANY; n++) {
            var ran = courses.get(n).await();
            if (!(ran.outcome() instanceof HitLimit)) { // On a busy machine any of them may meet its time first.
                Attacks.assertFailed(attacks.get((first + n) % attacks.size()), ran);
            }
        }
        assertThat(runner.spaces.remaining()).isEqualTo(MANY);
        assertThat(runner.leftovers()).isEmpty();
        assertThat(target.isUnharmed()).isTrue();
    }

    private static void assumeThereIs(Language language) {
        assumeTrue(language == JAVASCRIPT || TestSandbox.hasPython(), "no Python 3.9 or newer that jobs may use");
    }
}

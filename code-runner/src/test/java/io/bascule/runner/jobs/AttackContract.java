package io.bascule.runner.jobs;

import static io.bascule.runner.jobs.Attacks.assumeThereIs;
import static io.bascule.runner.sandbox.Language.PYTHON;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.Attacks.Attempt;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.SandboxLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        target = Target.create(directory);
        runner = new TestRunner(level, MANY, 2, List.of("127.0.0.1/32"));
        runner.hosts = List.of(target.listed(), "169.254.169.254");
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

        var ran = begin(attack, language).await();

        attack.assertFailed(ran);
        assertThat(target.isUnharmed()).isTrue();
        assertThat(runner.leftovers()).isEmpty();
    }

    /** Each of them once at least, whatever the number of them. */
    @Test
    void everyAttackFailsAmongFiftyAtOnceAndLeavesNothing() throws Exception {
        assumeThereIs(PYTHON);
        List<Attempt> attacks = Attacks.attempts();
        for (int round = 0; round < ROUNDS; round++) {
            for (int first = 0; first < attacks.size(); first += MANY) {
                attackAtOnce(attacks, first + round);
            }
        }
        assertThat(runner.result("const handler = () => 'fine';", "0")).isEqualTo("\"fine\"");
    }

    private void attackAtOnce(List<Attempt> attacks, int first) throws Exception {
        var courses = new ArrayList<Map.Entry<Attack, TestRunner.Course>>();
        for (int n = 0; n < MANY; n++) {
            Attempt next = attacks.get((first + n) % attacks.size());
            courses.add(Map.entry(next.attack(), begin(next.attack(), next.language())));
        }
        for (Map.Entry<Attack, TestRunner.Course> course : courses) {
            TestRunner.Ran ran = course.getValue().await();
            if (!(ran.outcome() instanceof HitLimit)) { // On a busy machine any of them may meet its time first.
                course.getKey().assertFailed(ran);
            }
        }
        assertThat(runner.spaces.remaining()).isEqualTo(MANY);
        assertThat(runner.leftovers()).isEmpty();
        assertThat(target.isUnharmed()).isTrue();
    }

    private TestRunner.Course begin(Attack attack, Language language) {
        return runner.begin(language, attack.source(language), target.inside(), Attacks.limits(attack));
    }
}

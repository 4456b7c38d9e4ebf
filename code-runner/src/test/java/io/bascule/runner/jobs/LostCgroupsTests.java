package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.cgroup.NeedsCgroups;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.CgroupFault;
import io.bascule.runner.sandbox.CgroupPolicy;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.LimitKeeper;
import io.bascule.runner.sandbox.NeedsPython;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A runner whose control groups begin to fail after its start. */
@NeedsCgroups
@NeedsSandbox
@NeedsPython
@Timeout(120)
class LostCgroupsTests {

    private static final String ANSWER = "const handler = () => 42;";

    private static final String MEMORY_BOMB = """
            function handler() {
              const kept = [];
              for (;;) kept.push(Buffer.alloc(1 << 20, 1));
            }
            """;

    @Test
    void losesNoJobAndKeepsLimitsByLookingUntilTheyWorkAgain() throws Exception {
        try (var runner = new TestRunner(TestSandbox.start(TestSandbox.highestLevel(), CgroupPolicy.AUTO))) {
            assertThat(runner.run(ANSWER).report().keeper()).isEqualTo(LimitKeeper.CGROUP);
            assertThat(inForce(runner, LimitKeeper.CGROUP)).isOne();

            try (var _ = CgroupFault.begin(runner.sandbox)) {
                assertThat(runner.result(ANSWER, "0")).isEqualTo("42");
                assertThat(runner.result(Language.PYTHON, "def handler(_): return 42", "0"))
                        .isEqualTo("42");
                var bomb = runner.run(MEMORY_BOMB);
                assertThat(bomb.outcome())
                        .isEqualTo(new HitLimit(
                                LimitKind.MEMORY, TestRunner.LIMITS.memory().mebibytes()));
                assertThat(bomb.report().keeper()).isEqualTo(LimitKeeper.WATCHDOG);
                assertThat(runner.sandbox.confinement().limits()).isEqualTo(LimitKeeper.WATCHDOG);
                assertThat(inForce(runner, LimitKeeper.CGROUP)).isZero();
                assertThat(inForce(runner, LimitKeeper.WATCHDOG)).isOne();
            }

            assertThat(runner.run(ANSWER).report().keeper()).isEqualTo(LimitKeeper.CGROUP);
            assertThat(runner.sandbox.confinement().limits()).isEqualTo(LimitKeeper.CGROUP);
            assertThat(inForce(runner, LimitKeeper.CGROUP)).isOne();
            assertThat(runner.leftovers()).isEmpty();
        }
    }

    private static double inForce(TestRunner runner, LimitKeeper keeper) {
        return runner.meters
                .get("custom.code.runner.sandbox")
                .tag("limits", keeper.label())
                .gauge()
                .value();
    }
}

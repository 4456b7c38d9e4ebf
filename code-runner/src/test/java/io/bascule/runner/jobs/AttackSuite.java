package io.bascule.runner.jobs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.bascule.runner.sandbox.SandboxLevel;
import io.bascule.runner.sandbox.TestSandbox;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs all attacks at the level that is named, as a program: where there is a Java, a Node and a Python but no build, such as in the
 * image. Fails unless that is the highest level there, and each attack was tried and failed.
 */
public final class AttackSuite {

    private AttackSuite() {}

    public static void main(String... arguments) {
        SandboxLevel level = TestSandbox.highestLevel();
        if (!level.label().equals(arguments[0])) {
            System.out.printf("The highest level here is %s (expected: %s)%n", level.label(), arguments[0]);
            System.exit(2);
        }
        Class<?> attacks = switch (level) {
            case CONFINED -> ConfinedAttackTests.class;
            case NAMESPACED -> NamespacedAttackTests.class;
        };
        TestExecutionSummary summary = run(attacks);
        summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 20);
        System.out.printf(
                "%s as %s: %d passed, %d failed, %d skipped%n",
                level.label(),
                System.getProperty("user.name"),
                summary.getTestsSucceededCount(),
                summary.getTotalFailureCount(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount() + summary.getContainersSkippedCount());
        System.exit(summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0 ? 0 : 1);
    }

    private static TestExecutionSummary run(Class<?> tests) {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        listener);
        return listener.getSummary();
    }
}

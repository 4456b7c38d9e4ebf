package io.bascule.deploy.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.deploy.Checkout;
import io.bascule.deploy.GeneratedFiles;
import io.bascule.scaling.Course;
import io.bascule.scaling.Load;
import io.bascule.scaling.LoadText;
import io.bascule.scaling.Policy;
import io.bascule.scaling.ScalingFile;
import io.bascule.scaling.Signal;
import io.bascule.scaling.Simulation;
import io.bascule.scaling.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables of docs/operations/capacity.md. Run with {@code -Ddeploy.refresh} to write them anew. */
@Timeout(120)
class CapacityFilesTests {

    private static final String PAGE = "docs/operations/capacity.md";
    private static final int DAY = 24 * 3600;

    /** Of Fargate in us-east-1: dollars an hour for a virtual processor, and for a GB. */
    private static final double PROCESSOR = 0.04048;

    private static final double GIGABYTE = 0.004445;

    /** A load that people have, and how long one of its jobs takes. */
    private record Case(String component, String load, double jobSeconds, int seconds, String unit) {}

    private static final List<Case> DAYS = List.of(
            new Case("api-service", "daily:5:40:86400", 0.02, DAY, "requests"),
            new Case("bridge-service", "daily:0.5:8:86400", 600, DAY, "tunnels"),
            new Case("instant-worker", "daily:5:60:86400", 1, DAY, "tasks"),
            new Case("queued-worker", "daily:0.02:0.5:86400", 60, DAY, "tasks"),
            new Case("custom-code-runner", "daily:0.1:6:86400", 5, DAY, "functions"));

    private static final List<Case> SPIKES = List.of(
            new Case("instant-worker", "spike:5:80:300:900", 1, 3600, "tasks"),
            new Case("queued-worker", "spike:0.02:0.6:300:900", 60, 3600, "tasks"),
            new Case("custom-code-runner", "spike:0.5:10:300:900", 5, 3600, "functions"));

    private static Course course(Case of) throws IOException {
        try (var file = Files.newInputStream(Checkout.file("deploy/scaling.yaml"))) {
            Policy policy = byJobs(ScalingFile.of(file).policy(of.component()));
            Load load = LoadText.read(of.load());
            return new Simulation(policy, new Work(of.jobSeconds(), policy.slots(), 10)).run(load, of.seconds());
        }
    }

    /** Where a job is counted, it is not also taken for a whole processor's work: a tunnel is open and mostly idle. */
    private static Policy byJobs(Policy policy) {
        List<Signal> counted = policy.signals().stream()
                .filter(signal -> signal instanceof Signal.JobsPerPod)
                .toList();
        return counted.isEmpty()
                ? policy
                : new Policy(policy.component(), policy.pods(), policy.pace(), counted, policy.slots());
    }

    private static double dollarsAnHour(String name) {
        Component component = Component.named(name);
        return EcsTasks.units(component) / 1024.0 * PROCESSOR + EcsTasks.memory(component) / 1024.0 * GIGABYTE;
    }

    private static String days() throws IOException {
        StringBuilder table = new StringBuilder("""

                | component | load of a day | one takes | most pods | pod hours | changes | half waits | 99 of 100 wait | a month | always at the most |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        for (Case of : DAYS) {
            Course.Summary summary = course(of).summary();
            double hour = dollarsAnHour(of.component());
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | `%s` %s/s | %s s | %d | %.0f | %d | %.1f s | %.1f s | $%.0f | $%.0f |%n",
                    of.component(),
                    of.load(),
                    of.unit(),
                    of.jobSeconds() < 1 ? of.jobSeconds() : Long.toString(Math.round(of.jobSeconds())),
                    summary.mostPods(),
                    summary.podHours(),
                    summary.changes(),
                    summary.waitP50(),
                    summary.waitP99(),
                    summary.podHours() * 30 * hour,
                    summary.mostPods() * 24 * 30 * hour));
        }
        return table.append('\n').toString();
    }

    private static String spikes() throws IOException {
        StringBuilder table = new StringBuilder("""

                | component | ten minutes of | one takes | most pods | most waiting | half waits | 99 of 100 wait |
                |---|---|---|---|---|---|---|
                """);
        for (Case of : SPIKES) {
            Course.Summary summary = course(of).summary();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | `%s` %s/s | %.0f s | %d | %.0f | %.1f s | %.1f s |%n",
                    of.component(),
                    of.load(),
                    of.unit(),
                    of.jobSeconds(),
                    summary.mostPods(),
                    summary.mostWaiting(),
                    summary.waitP50(),
                    summary.waitP99()));
        }
        return table.append('\n').toString();
    }

    @Test
    void theTablesAreWhatTheSimulatorReckons() throws IOException {
        GeneratedFiles.isPartOf(PAGE, "days", days());
        GeneratedFiles.isPartOf(PAGE, "spikes", spikes());
    }

    @Test
    void noScalerIsAtItsEndOnSuchADay() throws IOException {
        for (Case of : DAYS) {
            assertThat(course(of).summary().mostPods())
                    .as(of.component())
                    .isLessThan(Component.named(of.component()).most());
        }
    }
}

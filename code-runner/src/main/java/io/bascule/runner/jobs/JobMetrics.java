package io.bascule.runner.jobs;

import io.bascule.runner.jobs.JobOutcome.Cancelled;
import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.jobs.JobOutcome.NotBuilt;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Confinement;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.LimitKeeper;
import io.bascule.runner.sandbox.Sandbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** Counts jobs and shows the spaces. */
final class JobMetrics {

    private static final Duration[] START_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(4),
        Duration.ofMillis(8),
        Duration.ofMillis(16),
        Duration.ofMillis(64),
        Duration.ofMillis(256),
        Duration.ofSeconds(1)
    };

    private final MeterRegistry registry;

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (LimitKind kind : LimitKind.values()) {
            limitKills(kind);
        }
    }

    void show(JobSpaces spaces, WarmPools pools, Sandbox sandbox) {
        gauge(RunnerMeter.TOTAL_SPACES, spaces::total);
        gauge(RunnerMeter.REMAINING_SPACES, spaces::remaining);
        for (Language language : sandbox.languages()) {
            Gauge.builder(RunnerMeter.WARM_PROCESSES.meter(), () -> pools.ready(language))
                    .description(RunnerMeter.WARM_PROCESSES.description())
                    .tag("language", language.label())
                    .register(registry);
        }
        for (LimitKeeper keeper : LimitKeeper.values()) {
            showSandbox(sandbox, keeper);
        }
    }

    /** Who keeps limits may change while the runner runs. */
    private void showSandbox(Sandbox sandbox, LimitKeeper keeper) {
        Confinement atStart = sandbox.confinement();
        Gauge.builder(RunnerMeter.SANDBOX.meter(), () -> sandbox.confinement().limits() == keeper ? 1 : 0)
                .description(RunnerMeter.SANDBOX.description())
                .tag("level", atStart.level().label())
                .tag("landlock_abi", Integer.toString(atStart.landlockAbi()))
                .tag("limits", keeper.label())
                .register(registry);
    }

    void started(boolean warm, Duration after) {
        counter(RunnerMeter.WARM_POOL, "outcome", warm ? "hit" : "miss").increment();
        Timer.builder(RunnerMeter.START.meter())
                .description(RunnerMeter.START.description())
                .serviceLevelObjectives(START_BUCKETS)
                .register(registry)
                .record(after);
    }

    /** Counts the job and hands its report on. */
    JobReport ended(JobReport report) {
        counter(RunnerMeter.JOBS, "outcome", label(report.outcome())).increment();
        if (report.outcome() instanceof HitLimit(LimitKind kind, long _)) {
            limitKills(kind).increment();
        }
        return report;
    }

    private static String label(JobOutcome outcome) {
        return switch (outcome) {
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case HitLimit _ -> "limit";
            case Cancelled _ -> "cancelled";
            case Lost _ -> "lost";
            case NotBuilt _ -> "not_built";
        };
    }

    private Counter limitKills(LimitKind kind) {
        return counter(RunnerMeter.LIMIT_KILLS, "limit", kind.label());
    }

    private Counter counter(RunnerMeter meter, String tag, String value) {
        return Counter.builder(meter.meter())
                .description(meter.description())
                .tag(tag, value)
                .register(registry);
    }

    private void gauge(RunnerMeter meter, Supplier<Number> value) {
        Gauge.builder(meter.meter(), value).description(meter.description()).register(registry);
    }
}

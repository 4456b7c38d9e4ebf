package io.bascule.runner.rpc;

import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.BundleProblem;
import io.bascule.protocol.runner.v1.Cancelled;
import io.bascule.protocol.runner.v1.Failure;
import io.bascule.protocol.runner.v1.LimitHit;
import io.bascule.protocol.runner.v1.Log;
import io.bascule.protocol.runner.v1.Progress;
import io.bascule.protocol.runner.v1.ResourceWanted;
import io.bascule.protocol.runner.v1.Result;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.Sandbox;
import io.bascule.protocol.runner.v1.Started;
import io.bascule.protocol.runner.v1.Usage;
import io.bascule.runner.jobs.JobOutcome;
import io.bascule.runner.jobs.JobReport;
import io.bascule.runner.jobs.LimitKind;
import io.bascule.runner.jobs.LogLevel;
import io.bascule.runner.sandbox.Confinement;
import io.bascule.runner.sandbox.LimitKeeper;
import java.time.Duration;

/**
 * Tells a job's course in the protocol's words.
 *
 * @param runner this instance
 * @param confinement what is in force here, but for who keeps a job's limits, which each tells itself
 */
record ReportTranslation(String runner, Confinement confinement) {

    RunEvent started(boolean warm, LimitKeeper keeper, int remainingSpaces) {
        var started = Started.newBuilder()
                .setRunner(runner)
                .setSandbox(sandbox(keeper))
                .setWarm(warm)
                .setRemainingJobSpaces(remainingSpaces);
        return RunEvent.newBuilder().setStarted(started).build();
    }

    RunEvent progressed(int percent, String message) {
        var progress = Progress.newBuilder().setPercent(percent).setMessage(message);
        return RunEvent.newBuilder().setProgress(progress).build();
    }

    RunEvent logged(LogLevel level, Duration after, String text) {
        var log = Log.newBuilder()
                .setLevel(level(level))
                .setAfterMillis((int) after.toMillis())
                .setText(text);
        return RunEvent.newBuilder().setLog(log).build();
    }

    RunEvent resourceWanted(String connection, String resource) {
        var wanted = ResourceWanted.newBuilder().setConnection(connection).setResource(resource);
        return RunEvent.newBuilder().setResourceWanted(wanted).build();
    }

    /** The last event; not for a lost job, which has no result. */
    RunEvent ended(JobReport report) {
        var usage = Usage.newBuilder()
                .setWallMillis((int) report.wall().toMillis())
                .setCpuMillis((int) report.cpu().toMillis())
                .setPeakMemoryBytes(report.peakMemoryBytes())
                .setLogBytes(report.logBytes());
        var result = outcome(report.outcome()).setUsage(usage).setSandbox(sandbox(report.keeper()));
        return RunEvent.newBuilder().setResult(result).build();
    }

    private static Result.Builder outcome(JobOutcome outcome) {
        var result = Result.newBuilder();
        return switch (outcome) {
            case JobOutcome.Succeeded(String output) -> result.setOutput(ByteString.copyFromUtf8(output));
            case JobOutcome.Failed(String name, String message, String stack) ->
                result.setFailure(
                        Failure.newBuilder().setName(name).setMessage(message).setStack(stack));
            case JobOutcome.HitLimit(LimitKind kind, long allowed) ->
                result.setLimit(LimitHit.newBuilder().setKind(kind(kind)).setAllowed(allowed));
            case JobOutcome.Cancelled _ -> result.setCancelled(Cancelled.getDefaultInstance());
            case JobOutcome.NotBuilt(String message, boolean passing) ->
                result.setBundleProblem(
                        BundleProblem.newBuilder().setMessage(message).setPassing(passing));
            case JobOutcome.Lost lost -> throw new IllegalArgumentException("a lost job has no result: " + lost);
        };
    }

    private Sandbox sandbox(LimitKeeper keeper) {
        return Sandbox.newBuilder()
                .setLevel(confinement.level().label())
                .setLandlockAbi(confinement.landlockAbi())
                .setLimits(keeper.label())
                .build();
    }

    private static LimitHit.Kind kind(LimitKind kind) {
        return switch (kind) {
            case WALL_TIME -> LimitHit.Kind.WALL_TIME;
            case CPU_TIME -> LimitHit.Kind.CPU_TIME;
            case MEMORY -> LimitHit.Kind.MEMORY;
            case OUTPUT -> LimitHit.Kind.OUTPUT;
            case LOG -> LimitHit.Kind.LOG;
            case THREADS -> LimitHit.Kind.THREADS;
            case DISK -> LimitHit.Kind.DISK;
            case EGRESS -> LimitHit.Kind.EGRESS;
        };
    }

    private static Log.Level level(LogLevel level) {
        return switch (level) {
            case DEBUG -> Log.Level.DEBUG;
            case INFO -> Log.Level.INFO;
            case WARN -> Log.Level.WARN;
            case ERROR -> Log.Level.ERROR;
        };
    }
}

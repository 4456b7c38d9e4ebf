package io.bascule.functions;

import io.bascule.protocol.runner.v1.ConnectionPart;
import io.bascule.protocol.runner.v1.Result;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one function on whichever runner has a space. While all are full or away it tries again, for a bounded time; a job
 * that its runner lost is started again elsewhere within that time. Safe for use by many threads.
 */
final class RunFunction {

    private static final Logger logger = LoggerFactory.getLogger(RunFunction.class);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(50);
    /** Beyond the job's own time: for its start and its clean-up. */
    private static final Duration MARGIN = Duration.ofSeconds(15);
    /** Beyond that: while a runner fetches what a bundle depends on, for the first time. */
    private static final Duration TO_FETCH = Duration.ofSeconds(150);

    private final Runners runners;
    private final Supplier<String> token;
    private final Duration patience;
    private final LongSupplier nanoTime;

    /** With a source of service tokens for the audience {@code code-runner}. */
    RunFunction(Runners runners, Supplier<String> token, Duration patience, LongSupplier nanoTime) {
        this.runners = runners;
        this.token = token;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /**
     * Blocks until the job has ended; empty when no runner took it within the patience.
     *
     * @throws InterruptedException after the job was told to stop
     * @throws StatusRuntimeException when the runner refuses the request itself
     */
    Optional<Result> run(RunRequest request, JobEvents events) throws InterruptedException {
        long giveUpAt = nanoTime.getAsLong() + patience.toNanos();
        var pause = new CountDownLatch(1);
        for (int round = 0; round == 0 || nanoTime.getAsLong() < giveUpAt; round++) {
            for (Runners.Runner runner : runners.byFreeSpaces()) {
                Optional<Result> result = tryOn(runner, request, events);
                if (result.isPresent()) {
                    return result;
                }
            }
            // Nobody counts down: only an interrupt ends the wait early.
            var _ = pause.await(BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.empty();
    }

    /** Empty when this runner is full, away or lost the job. */
    private Optional<Result> tryOn(Runners.Runner runner, RunRequest request, JobEvents events)
            throws InterruptedException {
        try {
            return Optional.of(follow(runner, call(runner, request), events, () -> carry(runner)));
        } catch (StatusRuntimeException ended) {
            if (Thread.interrupted()) {
                throw new InterruptedException("asked to stop");
            }
            Status.Code code = ended.getStatus().getCode();
            if (code != Status.Code.RESOURCE_EXHAUSTED && code != Status.Code.UNAVAILABLE) {
                throw ended;
            }
            runner.said(0);
            return Optional.empty();
        }
    }

    private Iterator<RunEvent> call(Runners.Runner runner, RunRequest request) {
        return RunnerGrpc.newBlockingStub(runner.channel())
                .withInterceptors(signed())
                .withDeadlineAfter(request.getLimits().getWallMillis() + margin(request), TimeUnit.MILLISECONDS)
                .run(request);
    }

    private static long margin(RunRequest request) {
        boolean bundled = !request.getFunction().getBundle().isEmpty();
        return bundled ? MARGIN.plus(TO_FETCH).toMillis() : MARGIN.toMillis();
    }

    private BlockingClientCall<ConnectionPart, ConnectionPart> carry(Runners.Runner runner) {
        return RunnerGrpc.newBlockingV2Stub(runner.channel())
                .withInterceptors(signed())
                .carry();
    }

    private ClientInterceptor signed() {
        var headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token.get());
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private static Result follow(
            Runners.Runner runner, Iterator<RunEvent> answers, JobEvents events, JobResources.Calls calls) {
        while (answers.hasNext()) {
            RunEvent event = answers.next();
            switch (event.getEventCase()) {
                case STARTED -> runner.said(event.getStarted().getRemainingJobSpaces());
                case LOG -> events.logged(event.getLog());
                case PROGRESS -> events.progressed(event.getProgress());
                case RESOURCE_WANTED -> events.resourceWanted(event.getResourceWanted(), calls);
                case RESULT -> {
                    runner.said(Math.min(runner.freeSpaces(), Integer.MAX_VALUE - 1) + 1);
                    return event.getResult();
                }
                case EVENT_NOT_SET -> logger.debug("a runner said what this worker does not know");
            }
        }
        throw Status.UNAVAILABLE
                .withDescription("the call ended without a result")
                .asRuntimeException();
    }
}

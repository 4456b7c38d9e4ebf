package io.bascule.runner.rpc;

import io.bascule.protocol.runner.v1.CancelRequest;
import io.bascule.protocol.runner.v1.CancelResponse;
import io.bascule.protocol.runner.v1.ConnectionPart;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.bascule.runner.jobs.Admission;
import io.bascule.runner.jobs.AdmittedJob;
import io.bascule.runner.jobs.Job;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.jobs.JobReport;
import io.bascule.runner.jobs.Runner;
import io.bascule.runner.resource.Connections;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.Sandbox;
import io.bascule.service.ServiceProperties;
import io.bascule.service.drain.Drain;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of {@code bascule.runner.v1.Runner}. */
final class RunnerEndpoint extends RunnerGrpc.RunnerImplBase {

    /** Understood by gRPC's own retries: when to try again, in milliseconds. */
    static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private static final Logger log = LoggerFactory.getLogger(RunnerEndpoint.class);
    private static final int FULL_RETRY_MILLIS = 50;
    private static final int LEAVING_RETRY_MILLIS = 0;

    private final Runner runner;
    private final JobTranslation jobs;
    private final Connections connections;
    private final Sandbox sandbox;
    private final Drain drain;
    private final String instance;

    RunnerEndpoint(
            Runner runner,
            JobTranslation jobs,
            Connections connections,
            Sandbox sandbox,
            Drain drain,
            ServiceProperties service) {
        this.runner = runner;
        this.jobs = jobs;
        this.connections = connections;
        this.sandbox = sandbox;
        this.drain = drain;
        this.instance = service.instance();
    }

    @Override
    public void run(RunRequest request, StreamObserver<RunEvent> answers) {
        Job job;
        try {
            job = jobs.job(request);
        } catch (IllegalArgumentException invalid) {
            answers.onError(status(Status.INVALID_ARGUMENT, String.valueOf(invalid.getMessage())));
            return;
        }
        switch (drain.isDraining() ? new Admission.Draining() : runner.admit(job)) {
            case Admission.Admitted(AdmittedJob admitted) -> begin(job, admitted, answers);
            case Admission.Full _ ->
                answers.onError(retryable(Status.RESOURCE_EXHAUSTED, "all job spaces are taken", FULL_RETRY_MILLIS));
            case Admission.Draining _ ->
                answers.onError(retryable(Status.UNAVAILABLE, "this runner is leaving", LEAVING_RETRY_MILLIS));
            case Admission.NoRuntime(Language language) ->
                answers.onError(status(
                        Status.FAILED_PRECONDITION, "functions in %s cannot run here".formatted(language.label())));
            case Admission.AlreadyRunning _ ->
                answers.onError(status(Status.ALREADY_EXISTS, "job %s is running".formatted(job.id())));
        }
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<CancelResponse> answers) {
        boolean found = runner.cancel(request.getJob());
        answers.onNext(CancelResponse.newBuilder().setFound(found).build());
        answers.onCompleted();
    }

    @Override
    public StreamObserver<ConnectionPart> carry(StreamObserver<ConnectionPart> answers) {
        return CarryCall.begin(connections, answers);
    }

    /** On a thread of its own: a call that is still in its method does not hear that its caller has gone. */
    private void begin(Job job, AdmittedJob admitted, StreamObserver<RunEvent> answers) {
        ((ServerCallStreamObserver<RunEvent>) answers).setOnCancelHandler(admitted::cancel);
        var told = new RunAnswers(answers, new ReportTranslation(instance, sandbox.confinement()), runner);
        Thread.ofVirtual().name("job-" + job.id()).start(() -> {
            try {
                finish(admitted.run(told), told);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                told.failed(retryable(Status.UNAVAILABLE, "this runner is leaving", LEAVING_RETRY_MILLIS));
            } catch (RuntimeException failure) {
                log.warn("Job {} failed in the runner itself", job.id(), failure);
                told.failed(status(Status.INTERNAL, "the runner failed"));
            }
        });
    }

    private static void finish(JobReport report, RunAnswers told) {
        if (report.outcome() instanceof Lost(String reason)) {
            told.failed(retryable(Status.UNAVAILABLE, "the job was lost: " + reason, LEAVING_RETRY_MILLIS));
        } else {
            told.ended(report);
        }
    }

    private static StatusRuntimeException status(Status status, String text) {
        return status.withDescription(text).asRuntimeException();
    }

    private static StatusRuntimeException retryable(Status status, String text, int millis) {
        var trailers = new Metadata();
        trailers.put(RETRY_AFTER, Integer.toString(millis));
        return status.withDescription(text).asRuntimeException(trailers);
    }
}

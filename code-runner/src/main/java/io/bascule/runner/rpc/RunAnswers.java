package io.bascule.runner.rpc;

import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.runner.jobs.JobListener;
import io.bascule.runner.jobs.JobReport;
import io.bascule.runner.jobs.LogLevel;
import io.bascule.runner.jobs.Runner;
import io.bascule.runner.sandbox.LimitKeeper;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** What a caller of Run hears, one event at a time, and nothing after the last. */
final class RunAnswers implements JobListener {

    private final StreamObserver<RunEvent> answers;
    private final ReportTranslation translation;
    private final Runner runner;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean over;

    RunAnswers(StreamObserver<RunEvent> answers, ReportTranslation translation, Runner runner) {
        this.answers = answers;
        this.translation = translation;
        this.runner = runner;
    }

    @Override
    public void started(boolean warm, LimitKeeper keeper) {
        tell(translation.started(warm, keeper, runner.remainingSpaces()));
    }

    @Override
    public void progressed(int percent, String message) {
        tell(translation.progressed(percent, message));
    }

    @Override
    public void logged(LogLevel level, Duration after, String text) {
        tell(translation.logged(level, after, text));
    }

    @Override
    public void resourceWanted(String connection, String resource) {
        tell(translation.resourceWanted(connection, resource));
    }

    void ended(JobReport report) {
        tell(translation.ended(report));
        conclude(answers::onCompleted);
    }

    void failed(StatusRuntimeException why) {
        conclude(() -> answers.onError(why));
    }

    private void tell(RunEvent event) {
        lock.lock();
        try {
            if (!over) {
                answers.onNext(event);
            }
        } finally {
            lock.unlock();
        }
    }

    private void conclude(Runnable last) {
        lock.lock();
        try {
            over = true;
            last.run();
        } finally {
            lock.unlock();
        }
    }
}

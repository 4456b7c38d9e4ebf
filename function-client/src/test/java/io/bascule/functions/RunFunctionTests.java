package io.bascule.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.Limits;
import io.bascule.protocol.runner.v1.Log;
import io.bascule.protocol.runner.v1.Progress;
import io.bascule.protocol.runner.v1.ResourceWanted;
import io.bascule.protocol.runner.v1.Result;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.bascule.protocol.runner.v1.Started;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RunFunctionTests {

    private static final RunRequest REQUEST = RunRequest.newBuilder()
            .setJob("job")
            .setLimits(Limits.newBuilder().setWallMillis(5_000))
            .build();

    private static final JobEvents NOBODY = listenerTo(new ArrayList<>());

    private final List<FakeRunner> runners = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();

    @AfterEach
    void stop() {
        runners.forEach(runner -> runner.server.shutdownNow());
    }

    @Test
    void aFullRunnerIsPassedOver() throws Exception {
        FakeRunner full = runner(0);
        FakeRunner free = runner(4);

        assertThat(run(Duration.ofSeconds(10), full, free))
                .map(result -> result.getOutput().toStringUtf8())
                .hasValue("\"runner 2\"");
        assertThat(logged).containsExactly("hello", "50 %");
    }

    @Test
    void theOneWithTheMostFreeSpacesComesFirst() throws Exception {
        FakeRunner small = runner(1);
        FakeRunner large = runner(8);
        try (var known = new Runners(targets(small, large))) {
            var function = new RunFunction(known, () -> "token", Duration.ofSeconds(5), System::nanoTime);
            for (int n = 0; n < 10; n++) {
                assertThat(function.run(REQUEST, NOBODY)).isPresent();
            }
        }
        assertThat(small.calls.get()).isLessThanOrEqualTo(1);
        assertThat(large.calls.get()).isGreaterThanOrEqualTo(9);
    }

    @Test
    void whileAllAreFullOneWaitsForABoundedTime() throws Exception {
        FakeRunner full = runner(0);

        assertThat(run(Duration.ofMillis(200), full)).isEmpty();
        assertThat(full.calls.get()).isBetween(2, 10);
    }

    @Test
    void aRunnerThatBecomesFreeIsUsed() throws Exception {
        FakeRunner runner = runner(0);
        runner.freeAfterCalls = 3;

        assertThat(run(Duration.ofSeconds(10), runner)).isPresent();
    }

    @Test
    void aJobThatItsRunnerLostIsStartedElsewhere() throws Exception {
        FakeRunner losing = runner(4);
        losing.loses = true;
        FakeRunner other = runner(4);

        assertThat(run(Duration.ofSeconds(10), losing, other))
                .map(result -> result.getOutput().toStringUtf8())
                .hasValue("\"runner 2\"");
    }

    @Test
    void aNameThatDoesNotResolveIsNoRunner() throws Exception {
        try (var none = new Runners(List.of("no-such-host.invalid:5090"))) {
            assertThat(new RunFunction(none, () -> "token", Duration.ofMillis(50), System::nanoTime)
                            .run(REQUEST, NOBODY))
                    .isEmpty();
        }
    }

    private Optional<Result> run(Duration patience, FakeRunner... among) throws InterruptedException {
        try (var known = new Runners(targets(among))) {
            return new RunFunction(known, () -> "token", patience, System::nanoTime).run(REQUEST, listenerTo(logged));
        }
    }

    private static JobEvents listenerTo(List<String> heard) {
        return new JobEvents() {
            @Override
            public void logged(Log line) {
                heard.add(line.getText());
            }

            @Override
            public void progressed(Progress step) {
                heard.add(step.getPercent() + " %");
            }

            @Override
            public void resourceWanted(ResourceWanted wanted, JobResources.Calls calls) {
                heard.add(wanted.getResource());
            }
        };
    }

    private static List<String> targets(FakeRunner... runners) {
        return Stream.of(runners)
                .map(runner -> "127.0.0.1:" + runner.server.getPort())
                .toList();
    }

    private FakeRunner runner(int spaces) throws IOException {
        var runner = new FakeRunner(runners.size() + 1, spaces);
        runners.add(runner);
        return runner;
    }

    /** Runs nothing, and says that it did. */
    private static final class FakeRunner extends RunnerGrpc.RunnerImplBase {

        private final Server server;
        private final int number;
        private final int spaces;
        private final AtomicInteger calls = new AtomicInteger();
        private volatile int freeAfterCalls = Integer.MAX_VALUE;
        private volatile boolean loses;

        FakeRunner(int number, int spaces) throws IOException {
            this.number = number;
            this.spaces = spaces;
            server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .addService(this)
                    .build()
                    .start();
        }

        @Override
        public void run(RunRequest request, StreamObserver<RunEvent> answers) {
            int call = calls.incrementAndGet();
            if (spaces == 0 && call <= freeAfterCalls) {
                answers.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
                return;
            }
            answers.onNext(RunEvent.newBuilder()
                    .setStarted(Started.newBuilder().setRemainingJobSpaces(Math.max(0, spaces - 1)))
                    .build());
            if (loses) {
                answers.onError(Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            answers.onNext(RunEvent.newBuilder()
                    .setLog(Log.newBuilder().setText("hello"))
                    .build());
            answers.onNext(RunEvent.newBuilder()
                    .setProgress(Progress.newBuilder().setPercent(50))
                    .build());
            answers.onNext(RunEvent.newBuilder()
                    .setResult(Result.newBuilder().setOutput(ByteString.copyFromUtf8("\"runner " + number + "\"")))
                    .build());
            answers.onCompleted();
        }
    }
}

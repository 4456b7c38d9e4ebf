package io.bascule.runner;

import static io.bascule.runner.RunningService.WAIT;
import static io.bascule.runner.RunningService.last;
import static io.bascule.runner.RunningService.request;
import static io.bascule.runner.RunningService.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.ConnectionPart;
import io.bascule.protocol.runner.v1.EndOfData;
import io.bascule.protocol.runner.v1.LimitHit;
import io.bascule.protocol.runner.v1.Limits;
import io.bascule.protocol.runner.v1.Opening;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.Sandbox;
import io.bascule.runner.sandbox.TestSandbox;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole service, over its own protocols. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(90)
class CodeRunnerTests {

    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SPACES = "/api/v2/prometheus";

    private KeyPair bridge;
    private RunningService service;

    @BeforeAll
    void start(@TempDir Path keys) throws Exception {
        bridge = CallerKeys.trust(keys, "bridge-service");
        service = RunningService.start(keys, CallerKeys.trust(keys, "instant-worker"), 2);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void aRunIsStartedThenLogsThenHasOneResult() throws Exception {
        List<RunEvent> events =
                run("const handler = ({ n }) => { console.warn('n is', n); return { twice: 2 * n }; };", "{\"n\":21}");

        assertThat(events).hasSize(3);
        assertThat(events.get(0).getStarted().getSandbox().getLevel())
                .isEqualTo(TestSandbox.highestLevel().label());
        assertThat(events.get(1).getLog().getText()).isEqualTo("n is 21");
        var result = events.get(2).getResult();
        assertThat(result.getOutput().toStringUtf8()).isEqualTo("{\"twice\":42}");
        assertThat(result.getUsage().getPeakMemoryBytes()).isPositive();
        assertThat(result.getSandbox().getLandlockAbi()).isPositive();
        assertThat(result.getSandbox().getLimits()).isEqualTo(limits());
    }

    @Test
    void failuresAndLimitsAreResults() throws Exception {
        assertThat(run("const handler = () => { throw new TypeError('no'); };", "0")
                        .getLast()
                        .getResult()
                        .getFailure())
                .satisfies(failure ->
                        assertThat(failure.getName() + failure.getMessage()).isEqualTo("TypeErrorno"));
        var limited = request("slow", WAIT, "0").setLimits(Limits.newBuilder().setWallMillis(300));
        assertThat(last(service.stub().run(limited.build())).getResult().getLimit())
                .isEqualTo(LimitHit.newBuilder()
                        .setKind(LimitHit.Kind.WALL_TIME)
                        .setAllowed(300)
                        .build());
    }

    @Test
    void beyondTheSpacesACallIsRefusedAtOnceWithAHint() throws Exception {
        var stub = service.stub();
        Iterator<RunEvent> first = stub.run(request("first", WAIT, "0").build());
        Iterator<RunEvent> second = stub.run(request("second", WAIT, "0").build());
        first.next();
        second.next();
        assertThat(service.get(SPACES)).contains("custom_code_runner_remaining_job_spaces 0.0");

        assertThatThrownBy(() -> stub.run(request("third", WAIT, "0").build()).next())
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(refused.getTrailers())
                            .satisfies(trailers ->
                                    assertThat(trailers.get(PUSHBACK)).isEqualTo("50"));
                });
        for (String job : List.of("first", "second")) {
            assertThat(service.cancel(job)).isTrue();
        }
        assertThat(last(first).getResult().hasCancelled()).isTrue();
        assertThat(last(second).getResult().hasCancelled()).isTrue();
        assertThat(service.get(SPACES))
                .contains("custom_code_runner_total_job_spaces 2.0")
                .contains("custom_code_runner_remaining_job_spaces 2.0");
    }

    @Test
    void aRunnerWhoseSpacesAreAllUnderAttackAnswersAndGetsThemBack() throws Exception {
        List<String> attacks = List.of(
                "const handler = () => { process.on('SIGTERM', () => {}); console.log('in'); for (;;) {} };",
                "const handler = () => { console.log('in'); const kept = []; for (;;) kept.push(Buffer.alloc(1 << 20, 1)); };");
        var stub = service.stub();
        var courses = new ArrayList<Iterator<RunEvent>>();
        for (String attack : attacks) {
            var limits = Limits.newBuilder().setCpuMillis(1_000).setMemoryMib(128);
            courses.add(stub.run(request("attack-" + courses.size(), attack, "0")
                    .setLimits(limits)
                    .build()));
        }
        courses.forEach(Iterator::next);

        assertThat(service.get("/health/live")).contains("UP");
        assertThat(service.get("/health/ready")).contains("UP");
        assertThat(courses)
                .allSatisfy(course ->
                        assertThat(last(course).getResult().hasLimit()).isTrue());
        assertThat(service.get(SPACES)).contains("custom_code_runner_remaining_job_spaces 2.0");
    }

    @Test
    void whileAllSpacesAreUnderAttackItAnswersWhoeverAsks() throws Exception {
        String attack = "const handler = () => { process.on('SIGTERM', () => {}); console.log('in'); for (;;) {} };";
        var courses = new ArrayList<Iterator<RunEvent>>();
        for (String job : List.of("first-attack", "second-attack")) {
            var limits = Limits.newBuilder().setCpuMillis(60_000).setWallMillis(120_000);
            courses.add(service.stub()
                    .run(request(job, attack, "0").setLimits(limits).build()));
        }
        for (Iterator<RunEvent> course : courses) {
            assertThat(course.next().hasStarted()).isTrue();
            assertThat(course.next().getLog().getText()).isEqualTo("in");
        }

        assertThat(service.get("/health/live")).contains("UP");
        assertThat(service.get("/health/ready")).contains("UP");
        assertThat(service.metrics().sum("custom_code_runner_remaining_job_spaces"))
                .isZero();
        assertThat(service.cancel("first-attack")).isTrue();
        assertThat(service.cancel("second-attack")).isTrue();
        assertThat(courses)
                .allSatisfy(course ->
                        assertThat(last(course).getResult().hasCancelled()).isTrue());
        assertThat(service.metrics().sum("custom_code_runner_remaining_job_spaces"))
                .isEqualTo(2);
    }

    @Test
    void whoeverRunsAJobCarriesItsConnections() throws Exception {
        String talk = "const handler = async (_, context) => { const socket = await context.resource('shop').connect();"
                + " socket.end('question'); let said = ''; for await (const piece of socket) said += piece; return said; };";
        var stub = service.stub();
        Iterator<RunEvent> events =
                stub.run(request("talks", talk, "0").addResources("shop").build());
        RunEvent event = events.next();
        while (!event.hasResourceWanted()) {
            event = events.next();
        }
        assertThat(event.getResourceWanted().getResource()).isEqualTo("shop");
        String connection = event.getResourceWanted().getConnection();

        var call = carrying();
        call.write(opening(connection));
        assertThat(call.read().getData().toStringUtf8()).isEqualTo("question");
        assertThat(call.read().hasEnd()).isTrue();
        var another = carrying();
        another.write(opening(connection));
        assertThatThrownBy(another::read).as("it is carried once").hasMessageContaining("NOT_FOUND");
        call.write(ConnectionPart.newBuilder()
                .setData(ByteString.copyFromUtf8("answer"))
                .build());
        call.write(ConnectionPart.newBuilder()
                .setEnd(EndOfData.getDefaultInstance())
                .build());

        assertThat(last(events).getResult().getOutput().toStringUtf8()).isEqualTo("\"answer\"");
        assertThat(call.read()).as("the runner ends the call").isNull();
        assertThat(service.get(SPACES)).contains("custom_code_runner_resource_connections_total{outcome=\"opened\"}");
    }

    @Test
    void nobodyCarriesWhatNoJobHasAskedFor() throws Exception {
        var unknown = carrying();
        unknown.write(opening("00000000-0000-4000-8000-000000000000"));
        assertThatThrownBy(unknown::read).hasMessageContaining("NOT_FOUND");
        var early = carrying();
        early.write(ConnectionPart.newBuilder()
                .setData(ByteString.copyFromUtf8("x"))
                .build());
        assertThatThrownBy(early::read).hasMessageContaining("after an opening");
        var stranger = RunnerGrpc.newBlockingV2Stub(service.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .carry();
        assertThatThrownBy(stranger::read).hasMessageContaining("UNAUTHENTICATED");
    }

    private BlockingClientCall<ConnectionPart, ConnectionPart> carrying() throws Exception {
        return RunnerGrpc.newBlockingV2Stub(service.channel())
                .withInterceptors(signed("instant-worker", service.worker()))
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .carry();
    }

    private static ConnectionPart opening(String connection) {
        return ConnectionPart.newBuilder()
                .setOpening(Opening.newBuilder().setConnection(connection))
                .build();
    }

    @Test
    void onlyServicesThatMayRunFunctionsAreLetIn() throws Exception {
        var anonymous = RunnerGrpc.newBlockingStub(service.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> anonymous.run(request("a", WAIT, "0").build()).next())
                .hasMessageContaining("UNAUTHENTICATED");
        assertThatThrownBy(() -> service.stub("instant-worker", bridge)
                        .run(request("b", WAIT, "0").build())
                        .next())
                .hasMessageContaining("UNAUTHENTICATED");
        assertThatThrownBy(() -> service.stub("bridge-service", bridge)
                        .run(request("c", WAIT, "0").build())
                        .next())
                .hasMessageContaining("PERMISSION_DENIED");
    }

    @Test
    void aBadRequestSaysWhatToChange() throws Exception {
        var stub = service.stub();
        assertThatThrownBy(() -> stub.run(request("bad id!", WAIT, "0").build()).next())
                .hasMessageContaining("job: expected 1 to 64");
        assertThatThrownBy(() -> stub.run(request("a", WAIT, "{").build()).next())
                .hasMessageContaining("input: ");
        assertThatThrownBy(() -> stub.run(request("a", WAIT, "0")
                                .setLimits(Limits.newBuilder().setMemoryMib(100_000))
                                .build())
                        .next())
                .hasMessageContaining("limits.memory_mib: 100000 (expected: <= 1024)");
    }

    @Test
    void healthAndBothMetricPathsAnswer() throws Exception {
        assertThat(service.get("/health/ready")).contains("UP");
        assertThat(service.get("/prometheus")).contains("custom_code_runner_total_job_spaces 2.0");
        assertThat(service.get(SPACES))
                .contains("custom_code_runner_sandbox{landlock_abi=")
                .contains("level=\"%s\"".formatted(TestSandbox.highestLevel().label()))
                .contains("limits=\"%s\"".formatted(limits()))
                .contains("custom_code_runner_limit_kills_total{limit=\"memory\"}");
    }

    private String limits() {
        return service.context().getBean(Sandbox.class).confinement().limits().label();
    }

    private List<RunEvent> run(String source, String input) throws Exception {
        String job = "job-" + Integer.toUnsignedString(source.hashCode());
        var events = new ArrayList<RunEvent>();
        service.stub().run(request(job, source, input).build()).forEachRemaining(events::add);
        return events;
    }
}

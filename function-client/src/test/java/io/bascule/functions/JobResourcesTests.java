package io.bascule.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.ConnectionPart;
import io.bascule.protocol.runner.v1.EndOfData;
import io.bascule.protocol.runner.v1.Log;
import io.bascule.protocol.runner.v1.Progress;
import io.bascule.protocol.runner.v1.ResourceWanted;
import io.bascule.protocol.runner.v1.Result;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Connections that a runner asks for, with a runner that says what it is told and a resource on this machine. */
@Timeout(120)
class JobResourcesTests {

    private final BlockingQueue<ConnectionPart> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamObserver<ConnectionPart>> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamObserver<RunEvent>> runs = new LinkedBlockingQueue<>();
    private ServerSocket resource;
    private Server server;
    private Runners runners;
    private JobResources resources;
    private Thread running;

    @BeforeEach
    void aFunctionRuns() throws Exception {
        resource = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new TalkingRunner())
                .build()
                .start();
        runners = new Runners(List.of("127.0.0.1:" + server.getPort()));
        var runFunction = new RunFunction(runners, () -> "token", Duration.ofSeconds(60), System::nanoTime);
        TaskContext task = new TaskOnPaper(
                UUID.randomUUID(), UUID.randomUUID(), JsonMapper.shared().readTree("{}"), (_, _) -> Map.of());
        resources = new JobResources(task, List.of("shop", "gone", "odd"), this::open);
        running = Thread.ofVirtual().start(() -> {
            try (var open = resources) {
                runFunction.run(RunRequest.getDefaultInstance(), new Told());
                assertThat(open).isNotNull();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        running.interrupt();
        running.join();
        runners.close();
        server.shutdownNow();
        resource.close();
    }

    @Test
    void bytesPassBothWaysAndSoDoTheirEnds() throws Exception {
        wants("c-1", "shop");
        assertThat(next().getOpening().getConnection()).isEqualTo("c-1");
        Socket there = accepted();
        StreamObserver<ConnectionPart> call = calls.take();

        call.onNext(data("question"));
        assertThat(new String(there.getInputStream().readNBytes(8), StandardCharsets.US_ASCII))
                .isEqualTo("question");
        call.onNext(ConnectionPart.newBuilder()
                .setEnd(EndOfData.getDefaultInstance())
                .build());
        assertThat(there.getInputStream().read()).isNegative();
        there.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
        there.close();

        assertThat(next().getData().toStringUtf8()).isEqualTo("answer");
        assertThat(next().hasEnd()).isTrue();
        call.onCompleted();
        assertThat(opened).containsExactly("shop");
    }

    /** Neither side reads before it has written all: what both have sent lies in between, or the two wait for each other. */
    @Test
    void muchPassesBothWaysAtOnce() throws Exception {
        wants("c-1", "shop");
        assertThat(next().hasOpening()).isTrue();
        Socket there = accepted();
        StreamObserver<ConnectionPart> call = calls.take();
        Thread echo = Thread.ofVirtual().start(() -> echo(there));

        for (int piece = 0; piece < 200; piece++) {
            call.onNext(data("x".repeat(32 * 1024)));
        }
        call.onNext(ConnectionPart.newBuilder()
                .setEnd(EndOfData.getDefaultInstance())
                .build());
        long came = 0;
        for (ConnectionPart part = next(); !part.hasEnd(); part = next()) {
            came += part.getData().size();
        }
        call.onCompleted();

        assertThat(came).isEqualTo(200 * 32 * 1024);
        echo.join();
    }

    @Test
    void aResourceBeyondTheVersionsListIsRefusedHereToo() throws Exception {
        wants("c-1", "database");

        var refusal = next().getOpening().getRefusal();
        assertThat(refusal.getCode()).isEqualTo("RESOURCE_FORBIDDEN");
        assertThat(refusal.getMessage()).contains("database");
        wants("c-2", "shop");
        assertThat(next().getOpening().hasRefusal()).as("control").isFalse();
        assertThat(opened).containsExactly("shop");
    }

    @Test
    void whyATunnelIsRefusedIsToldInTheFunctionsWords() throws Exception {
        wants("c-1", "gone");

        var refusal = next().getOpening().getRefusal();
        assertThat(refusal.getCode()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(refusal.getMessage()).isEqualTo("There is no resource gone");
    }

    @Test
    void aConnectionThatIsCutIsToldWithItsReason() throws Exception {
        wants("c-1", "shop");
        assertThat(next().hasOpening()).isTrue();
        Socket there = accepted();
        there.setSoLinger(true, 0);
        there.close();

        assertThat(next().getFailure().getCode()).isEqualTo("RESOURCE_UNREACHABLE");
    }

    @Test
    void theRunsEndEndsItsConnections() throws Exception {
        wants("c-1", "shop");
        assertThat(next().hasOpening()).isTrue();
        Socket there = accepted();

        StreamObserver<RunEvent> run = runs.take();
        run.onNext(RunEvent.newBuilder().setResult(Result.getDefaultInstance()).build());
        run.onCompleted();

        assertThatItEnds(there);
    }

    @Test
    void aCancelEndsThemToo() throws Exception {
        wants("c-1", "shop");
        assertThat(next().hasOpening()).isTrue();
        Socket there = accepted();

        running.interrupt();

        assertThatItEnds(there);
    }

    @Test
    void aRunThatIsOverOpensNothingMore() throws Exception {
        resources.close();

        resources.connect(
                ResourceWanted.newBuilder()
                        .setConnection("c-1")
                        .setResource("shop")
                        .build(),
                () -> {
                    throw new AssertionError("a call was begun");
                });

        assertThat(opened).isEmpty();
    }

    @Test
    void aCallThatCannotBeginOpensNothing() {
        assertThatThrownBy(() -> resources.connect(
                        ResourceWanted.newBuilder().setResource("shop").build(), () -> {
                            throw new IllegalStateException("no way to the runner");
                        }))
                .hasMessage("no way to the runner");

        assertThat(opened).isEmpty();
    }

    @Test
    void aFunctionHearsAtOnceOfAFailureThatNobodyForesaw() throws Exception {
        wants("c-1", "odd");

        var refusal = next().getOpening().getRefusal();
        assertThat(refusal.getCode()).isEqualTo("RESOURCE_FAILED");
        assertThat(refusal.getMessage()).doesNotContain("unforeseen");
    }

    private static void assertThatItEnds(Socket there) throws IOException {
        there.setSoTimeout(60_000);
        try {
            assertThat(there.getInputStream().read()).isNegative();
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private void wants(String connection, String name) throws InterruptedException {
        StreamObserver<RunEvent> run = runs.take();
        run.onNext(RunEvent.newBuilder()
                .setResourceWanted(
                        ResourceWanted.newBuilder().setConnection(connection).setResource(name))
                .build());
        runs.add(run);
    }

    private ConnectionPart next() throws InterruptedException {
        ConnectionPart part = heard.poll(60, TimeUnit.SECONDS);
        assertThat(part).as("a part from the worker").isNotNull();
        return part;
    }

    private Socket accepted() throws IOException {
        resource.setSoTimeout(60_000);
        return resource.accept();
    }

    private static void echo(Socket there) {
        try (there) {
            there.getInputStream().transferTo(there.getOutputStream());
        } catch (IOException cut) {
            throw new AssertionError(cut);
        }
    }

    private static ConnectionPart data(String text) {
        return ConnectionPart.newBuilder()
                .setData(ByteString.copyFromUtf8(text))
                .build();
    }

    private ResourceTunnel open(TaskContext task, String name) throws TaskFailure {
        if (name.equals("gone")) {
            throw TaskFailure.forGood("resource-not-found", "There is no resource gone");
        }
        if (name.equals("odd")) {
            throw new IllegalStateException("unforeseen");
        }
        opened.add(name);
        try {
            return new DirectTunnel(new Socket(InetAddress.getLoopbackAddress(), resource.getLocalPort()));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private final class Told implements JobEvents {

        @Override
        public void logged(Log line) {}

        @Override
        public void progressed(Progress step) {}

        @Override
        public void resourceWanted(ResourceWanted wanted, JobResources.Calls calls) {
            resources.open(wanted, calls);
        }
    }

    /** Keeps what a worker says, and says what a test wants. */
    private final class TalkingRunner extends RunnerGrpc.RunnerImplBase {

        @Override
        public void run(RunRequest request, StreamObserver<RunEvent> answers) {
            runs.add(answers);
        }

        @Override
        public StreamObserver<ConnectionPart> carry(StreamObserver<ConnectionPart> answers) {
            calls.add(answers);
            return new StreamObserver<>() {
                @Override
                public void onNext(ConnectionPart part) {
                    heard.add(part);
                    if (part.getOpening().hasRefusal()) {
                        answers.onCompleted();
                    }
                }

                @Override
                public void onError(Throwable cancelled) {
                    assertThat(cancelled).isNotNull();
                }

                @Override
                public void onCompleted() {}
            };
        }
    }

    /** A tunnel of no length. */
    private record DirectTunnel(Socket socket) implements ResourceTunnel {

        @Override
        public int read(byte[] buffer) throws IOException {
            return socket.getInputStream().read(buffer);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        public void closeOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public Optional<String> whyEnded() {
            return Optional.empty();
        }

        @Override
        public void awaitDelivery() {}

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }
    }
}

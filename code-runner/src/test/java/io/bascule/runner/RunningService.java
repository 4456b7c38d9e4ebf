package io.bascule.runner;

import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.CancelRequest;
import io.bascule.protocol.runner.v1.Function;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.bascule.protocol.runner.v1.RunnerGrpc.RunnerBlockingStub;
import io.bascule.protocol.runner.v1.Runtime;
import io.bascule.runner.rpc.RunnerServer;
import io.bascule.testsupport.Scrape;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jose4j.lang.JoseException;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole code runner, asked over its own protocols by a worker that it trusts. */
record RunningService(ConfigurableApplicationContext context, ManagedChannel channel, KeyPair worker)
        implements AutoCloseable {

    /** Logs a line, then waits for 20 seconds. */
    static final String WAIT =
            "async function handler() { console.log('in'); await new Promise((r) => setTimeout(r, 20000)); }";

    static RunningService start(Path keys, KeyPair worker, int jobSpaces) {
        return start(
                keys,
                worker,
                "--bascule.runner.job-spaces=" + jobSpaces,
                "--bascule.runner.warm-processes=1",
                "--bascule.runner.idle-processes=1");
    }

    static RunningService start(Path keys, KeyPair worker, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "--server.port=0",
                "--bascule.runner.grpc-port=0",
                "--bascule.identity.trusted-keys-directory=" + keys));
        ConfigurableApplicationContext context =
                SpringApplication.run(CodeRunner.class, arguments.toArray(String[]::new));
        int port = context.getBean(RunnerServer.class).port();
        ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
        return new RunningService(context, channel, worker);
    }

    static RunRequest.Builder request(String job, String source, String input) {
        return RunRequest.newBuilder()
                .setJob(job)
                .setFunction(Function.newBuilder()
                        .setName("test")
                        .setVersion(1)
                        .setRuntime(Runtime.RUNTIME_JAVASCRIPT)
                        .setSource(source))
                .setInput(ByteString.copyFromUtf8(input));
    }

    /** The last of a run's events. */
    static RunEvent last(Iterator<RunEvent> events) {
        RunEvent last = events.next();
        while (events.hasNext()) {
            last = events.next();
        }
        return last;
    }

    static ClientInterceptor signed(String caller, KeyPair key) throws JoseException {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + CallerKeys.token(key, caller, "code-runner"));
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    RunnerBlockingStub stub() throws JoseException {
        return stub("instant-worker", worker);
    }

    RunnerBlockingStub stub(String caller, KeyPair key) throws JoseException {
        return RunnerGrpc.newBlockingStub(channel)
                .withInterceptors(signed(caller, key))
                .withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    /** Begins a job that waits, and returns once it has a space. */
    Iterator<RunEvent> beginWaiting(String job) throws JoseException {
        Iterator<RunEvent> events = stub().run(request(job, WAIT, "0").build());
        events.next();
        return events;
    }

    boolean cancel(String job) throws JoseException {
        return stub().cancel(CancelRequest.newBuilder().setJob(job).build()).getFound();
    }

    /** What it says of its job spaces to an autoscaler. */
    Scrape metrics() {
        return Scrape.of(httpPort(), "/api/v2/prometheus");
    }

    String get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:%d%s".formatted(httpPort(), path));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private int httpPort() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        context.close();
    }
}

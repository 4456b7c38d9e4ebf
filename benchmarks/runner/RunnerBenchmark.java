import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.CancelRequest;
import io.bascule.protocol.runner.v1.Function;
import io.bascule.protocol.runner.v1.Limits;
import io.bascule.protocol.runner.v1.RunEvent;
import io.bascule.protocol.runner.v1.RunRequest;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.bascule.protocol.runner.v1.Runtime;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;

/** Drives one code runner over its own protocol, from outside, and the bare runtimes beside it. */
public final class RunnerBenchmark {

    private static final int SPACES = 4;
    private static final int RATE = 10;
    private static final int SECONDS = Integer.getInteger("seconds", 20);
    /** Until both virtual machines have compiled what they run: a runner has a day before it. */
    private static final int WARM_UP_SECONDS = 30;
    private static final String NODE = System.getProperty("node", "node");
    private static final AtomicInteger LAST_JOB = new AtomicInteger();

    private record Language(String name, Runtime runtime, String trivial, String clock, String fibonacci, List<String> bare, List<String> run) {

        String program() {
            return name.equals("Python") ? "python" : "node";
        }
    }

    private static final List<Language> LANGUAGES = List.of(
            new Language(
                    "JavaScript",
                    Runtime.RUNTIME_JAVASCRIPT,
                    "const handler = (input) => input;",
                    "const handler = () => process.hrtime.bigint().toString();",
                    """
                    const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
                    const handler = () => { fib(25); const begin = process.cpuUsage().user; fib(36); return process.cpuUsage().user - begin; };
                    """,
                    List.of(NODE, "-e", "0"),
                    List.of(NODE, "-e", "%s\nconsole.log(handler())")),
            new Language(
                    "Python",
                    Runtime.RUNTIME_PYTHON,
                    "def handler(input, context): return input",
                    "import time\ndef handler(input, context): return str(time.monotonic_ns())",
                    """
                    import time
                    def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
                    def handler(input=None, context=None):
                        begin = time.process_time()
                        fib(29)
                        return 1000 * (time.process_time() - begin)
                    """,
                    List.of("/usr/bin/python3", "-I", "-S", "-c", "0"),
                    List.of("/usr/bin/python3", "-I", "-S", "-c", "%s\nprint(handler())")));

    private final RunnerGrpc.RunnerBlockingStub stub;

    private RunnerBenchmark(RunnerGrpc.RunnerBlockingStub stub) {
        this.stub = stub;
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        Path keys = Files.createDirectory(work.resolve("keys"));
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(
                keys.resolve("instant-worker.pem"),
                "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                        .formatted(Base64.getMimeEncoder().encodeToString(key.getPublic().getEncoded())));
        int http = freePort();
        int grpc = freePort();
        var command = new ArrayList<>(List.of(arguments[1], "-XX:MaxRAMPercentage=15"));
        String options = System.getenv().getOrDefault("RUNNER_OPTIONS", "");
        command.addAll(options.isBlank() ? List.of() : List.of(options.split(" ")));
        command.addAll(List.of(
                "-jar", arguments[2], "--server.port=" + http,
                "--bascule.runner.grpc-port=" + grpc, "--bascule.runner.job-spaces=" + SPACES,
                "--bascule.runner.warm-processes=" + SPACES, "--bascule.runner.idle-processes=" + SPACES,
                "--bascule.runner.level=" + System.getProperty("level", "namespaced"),
                "--bascule.runner.node=" + NODE, "--bascule.identity.trusted-keys-directory=" + keys));
        Process service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("runner.log").toFile())
                .start();
        ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + grpc, InsecureChannelCredentials.create()).build();
        try {
            awaitReady(http, service, work.resolve("runner.log"));
            var headers = new Metadata();
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token(key));
            new RunnerBenchmark(RunnerGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)))
                    .measure(service.pid(), work);
        } finally {
            channel.shutdownNow();
            service.destroy();
            service.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private void measure(long runner, Path work) throws Exception {
        System.out.printf("%d processors, %s%n%n", java.lang.Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"));
        for (Language language : LANGUAGES) {
            sustained(language, WARM_UP_SECONDS);
        }
        Map<String, String> peer = peer(work, "isolated-vm");
        System.out.printf("%s, level %s%n%n", version(), level());
        System.out.println("| | JavaScript | Python | isolated-vm, a fresh isolate for each |\n|---|---|---|---|");
        steadyRows(peer.getOrDefault("steady", "-"), peer(work, "warm-processes"));
        if (Boolean.getBoolean("steady-only")) {
            return;
        }
        row("cold (no process waits): until the result, p50 / p99 ms", this::cold, "-");
        row("bare runtime: start to end of an empty program, p50 / p99 ms", RunnerBenchmark::bare, "-");
        row("sustained, single use, jobs/s", this::sustained, peer.getOrDefault("sustained", "-"));
        row("speed of user code against the bare runtime, by CPU time (best of 7)", this::speed, peer.getOrDefault("speed", "-"));
        row("memory per waiting process, MiB (proportional)", language -> memory(runner, language), peer.getOrDefault("memory", "-"));
    }

    private interface Measurement {
        String of(Language language) throws Exception;
    }

    private static void row(String name, Measurement measurement, String peer) throws Exception {
        var cells = new ArrayList<String>();
        for (Language language : LANGUAGES) {
            cells.add(measurement.of(language));
        }
        cells.add(peer);
        System.out.printf("| %s | %s |%n", name, String.join(" | ", cells));
    }

    /** One loop for each language; the process's clock is this one's. */
    private void steadyRows(String isolates, Map<String, String> bare) throws Exception {
        var measured = new ArrayList<Steady>();
        for (Language language : LANGUAGES) {
            measured.add(steady(language));
        }
        row("warm at 10 jobs/s: until the caller hears that it begins, p50 / p99 ms", language -> at(measured, language).told(), "-");
        row("warm at 10 jobs/s: until the handler runs, p50 / p99 ms", language -> at(measured, language).begun(), "-");
        row("warm at 10 jobs/s: until the result, p50 / p99 ms", language -> at(measured, language).ended(), isolates);
        row("the call alone, to a method that does nothing: until its answer, p50 / p99 ms", _ -> call(), "-");
        String bareRow = "bare processes that wait, no sandbox, no service: until %s, p50 / p99 ms";
        row(bareRow.formatted("the process has the job"), language -> bare.getOrDefault("begun-" + language.program(), "-"), "-");
        row(bareRow.formatted("its answer"), language -> bare.getOrDefault("answered-" + language.program(), "-"), "-");
    }

    private static Steady at(List<Steady> measured, Language language) {
        return measured.get(LANGUAGES.indexOf(language));
    }

    private record Steady(String told, String begun, String ended) {}

    /** By name; none where npm could not bring it. */
    private static Map<String, String> peer(Path work, String script) throws Exception {
        var figures = new HashMap<String, String>();
        Path peers = work.resolve("peers");
        if (Files.isDirectory(peers.resolve("node_modules/isolated-vm"))) {
            Process process = new ProcessBuilder(NODE, "--no-node-snapshot", script + ".cjs", "" + RATE, "" + SECONDS)
                    .directory(peers.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            for (String line : new String(process.getInputStream().readAllBytes()).lines().toList()) {
                figures.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
            }
        }
        return figures;
    }

    private static String version() throws IOException {
        Process process = new ProcessBuilder(NODE, "--version").start();
        return "Node " + new String(process.getInputStream().readAllBytes()).strip();
    }

    private String level() {
        var level = new AtomicReference<String>();
        stub.run(request(LANGUAGES.getFirst().runtime(), LANGUAGES.getFirst().trivial(), 0)).forEachRemaining(event -> {
            if (event.hasStarted()) {
                level.set(event.getStarted().getSandbox().getLevel());
            }
        });
        return level.get();
    }

    /** Open loop: what is late counts from when it should have begun. */
    private Steady steady(Language language) throws Exception {
        List<Long> told = Collections.synchronizedList(new ArrayList<>());
        List<Long> begun = Collections.synchronizedList(new ArrayList<>());
        List<Long> ended = Collections.synchronizedList(new ArrayList<>());
        atRate(due -> {
            Iterator<RunEvent> events = stub.run(request(language.runtime(), language.clock(), 0));
            events.next();
            told.add(System.nanoTime() - due);
            String clock = events.next().getResult().getOutput().toStringUtf8();
            ended.add(System.nanoTime() - due);
            begun.add(Long.parseLong(clock.replace("\"", "")) - due);
        });
        return new Steady(quantiles(told), quantiles(begun), quantiles(ended));
    }

    /** What of a warm start is gRPC, both virtual machines and the way between them: no job has that name. */
    private String call() throws Exception {
        List<Long> answered = Collections.synchronizedList(new ArrayList<>());
        atRate(due -> {
            stub.cancel(CancelRequest.newBuilder().setJob("nobody").build());
            answered.add(System.nanoTime() - due);
        });
        return quantiles(answered);
    }

    private interface Call {
        void dueAt(long nanos);
    }

    private static void atRate(Call call) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int n = 0; n < RATE * SECONDS; n++) {
                long due = begin + n * (TimeUnit.SECONDS.toNanos(1) / RATE);
                LockSupport.parkNanos(due - System.nanoTime());
                callers.submit(() -> call.dueAt(due));
            }
        }
    }

    private String cold(Language language) {
        var took = new ArrayList<Long>();
        for (int n = 0; n < 30; n++) {
            long begin = System.nanoTime();
            // Each asks for another memory, so that none was made ready for it.
            one(language.runtime(), language.trivial(), 300 + n);
            took.add(System.nanoTime() - begin);
        }
        return quantiles(took);
    }

    private static String bare(Language language) throws Exception {
        var took = new ArrayList<Long>();
        for (int n = 0; n < 30; n++) {
            long begin = System.nanoTime();
            new ProcessBuilder(language.bare()).start().waitFor();
            took.add(System.nanoTime() - begin);
        }
        return quantiles(took);
    }

    private String sustained(Language language) throws Exception {
        return "%.0f".formatted(sustained(language, SECONDS));
    }

    /** How many jobs a second, with all spaces in use for so long. */
    private double sustained(Language language, int seconds) throws Exception {
        var done = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < SPACES; n++) {
                callers.submit(() -> {
                    while (System.nanoTime() < end) {
                        if (one(language.runtime(), language.trivial(), 0) != null) {
                            done.incrementAndGet();
                        }
                    }
                });
            }
        }
        return done.get() / ((System.nanoTime() - begin) / 1e9);
    }

    /** In turns, so that both see the same machine. */
    private String speed(Language language) throws Exception {
        double inside = Double.MAX_VALUE;
        double outside = Double.MAX_VALUE;
        for (int n = 0; n < 7; n++) {
            inside = Math.min(inside, Double.parseDouble(one(language.runtime(), language.fibonacci(), 0)));
            List<String> command = new ArrayList<>(language.run());
            command.set(command.size() - 1, command.getLast().formatted(language.fibonacci()));
            Process process = new ProcessBuilder(command).start();
            outside = Math.min(outside, Double.parseDouble(new String(process.getInputStream().readAllBytes()).strip()));
        }
        return "%.2f".formatted(outside / inside);
    }

    /** Of the processes that the launcher of that language holds ready. */
    private static String memory(long runner, Language language) throws IOException, InterruptedException {
        Thread.sleep(2_000);
        List<ProcessHandle> waiting = ProcessHandle.of(runner).orElseThrow().children()
                .flatMap(ProcessHandle::children)
                .filter(process -> name(process.pid()).contains(language.program()))
                .toList();
        long kibibytes = 0;
        for (ProcessHandle process : waiting) {
            for (String line : Files.readAllLines(Path.of("/proc/%d/smaps_rollup".formatted(process.pid())))) {
                if (line.startsWith("Pss:")) {
                    kibibytes += Long.parseLong(line.replaceAll("\\D+", ""));
                }
            }
        }
        return waiting.isEmpty() ? "-" : "%.1f".formatted(kibibytes / 1024.0 / waiting.size());
    }

    private static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc/%d/cmdline".formatted(pid)));
        } catch (IOException gone) {
            return "";
        }
    }

    /** The result; null when the runner was full. */
    private String one(Runtime runtime, String source, int memory) {
        try {
            RunEvent last = null;
            for (Iterator<RunEvent> events = stub.run(request(runtime, source, memory)); events.hasNext(); ) {
                last = events.next();
            }
            if (last == null || !last.getResult().hasOutput()) {
                throw new IllegalStateException("no result: " + last);
            }
            return last.getResult().getOutput().toStringUtf8();
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                return null;
            }
            throw refused;
        }
    }

    private static RunRequest request(Runtime runtime, String source, int memory) {
        return RunRequest.newBuilder()
                .setJob("job-" + LAST_JOB.incrementAndGet())
                .setFunction(Function.newBuilder().setName("benchmark").setVersion(1).setRuntime(runtime).setSource(source))
                .setInput(ByteString.copyFromUtf8("{\"a\":1}"))
                .setLimits(Limits.newBuilder().setMemoryMib(memory))
                .build();
    }

    private static String quantiles(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return "%.1f / %.1f".formatted(sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    private static String token(KeyPair key) throws Exception {
        var claims = new JwtClaims();
        claims.setIssuer("instant-worker");
        claims.setSubject("instant-worker-0");
        claims.setAudience("code-runner");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(20);
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        signature.setHeader("typ", "bascule-service+jwt");
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivate());
        return signature.getCompactSerialization();
    }

    private static void awaitReady(int port, Process service, Path log) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/health/ready".formatted(port))).build();
        try (var client = HttpClient.newHttpClient()) {
            for (int attempt = 0; attempt < 600 && service.isAlive(); attempt++) {
                try {
                    if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // The next attempt will tell.
                }
                Thread.sleep(200);
            }
        }
        throw new IllegalStateException("the runner did not start:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

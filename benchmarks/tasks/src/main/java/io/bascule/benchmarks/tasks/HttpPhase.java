package io.bascule.benchmarks.tasks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Accepted per second over HTTP/1.1 with a token, by callers that keep their connections: fifty at once, and a thousand in a call;
 * and the processor time that each task took of the server, of its store and of the callers, which others on the machine change less
 * than the rate.
 */
final class HttpPhase {

    private static final int JOBS = Integer.getInteger("jobs", 20_000);
    private static final int CALLERS = 50;
    private static final int BULK = 1_000;
    private static final int BULK_JOBS = 5 * JOBS;
    /** A server that has run for a day has compiled what it runs; ours compiles for most of two minutes of two processors. */
    private static final long WARM_UP = Long.getLong("warm-up", 120) * 1_000_000_000L;

    private static final long LONGEST = 10_000_000_000L;
    private static final String TASK = "{\"type\":\"echo\",\"input\":{\"message\":\"hello\"}}";
    private static final String TASKS = "{\"items\":[%s]}".formatted(String.join(",", Collections.nCopies(BULK, TASK)));

    private final Door door;
    private final HttpClient client;

    HttpPhase(Door door, HttpClient client) {
        this.door = door;
        this.client = client;
    }

    static Map<String, Double> run(Door door) throws Exception {
        try (door;
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(threads)
                        .build()) {
            return new HttpPhase(door, client).measure(threads);
        }
    }

    private Map<String, Double> measure(ExecutorService threads) throws Exception {
        HttpRequest one = request(door.tasks(), TASK);
        HttpRequest many = request(URI.create(door.tasks() + ":batch"), TASKS);
        door.reset();
        Map<String, Double> figures = new TreeMap<>();
        var _ = accepted(threads, one, CALLERS, 1, Integer.MAX_VALUE / 2, WARM_UP);
        accepted(threads, one, CALLERS, 1, JOBS, LONGEST).tell("together", figures);
        var _ = accepted(threads, many, 1, BULK, Integer.MAX_VALUE / 2, WARM_UP / 4);
        accepted(threads, many, 1, BULK, BULK_JOBS, LONGEST).tell("bulk", figures);
        return figures;
    }

    /** Sends until so many tasks are accepted, but for no longer than so many nanoseconds. */
    private Accepted accepted(
            ExecutorService threads, HttpRequest request, int callers, int each, int tasks, long longest)
            throws Exception {
        var sent = new AtomicInteger();
        Used before = used();
        long start = System.nanoTime();
        var calling = IntStream.range(0, callers)
                .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                    while (System.nanoTime() - start < longest && sent.getAndAdd(each) < tasks) {
                        send(request);
                    }
                    return null;
                }))
                .toList();
        for (Future<?> caller : calling) {
            caller.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Used used = used().minus(before);
        var accepted = new Accepted(door.accepted(), seconds, used);
        door.reset();
        return accepted;
    }

    private Used used() {
        double server = Machine.seconds(Stream.of(door.server()));
        double callers = Machine.seconds(Stream.of(ProcessHandle.current())) - server;
        return new Used(server, Machine.seconds(Stream.of(door.store())), callers);
    }

    private void send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%d %s".formatted(answer.statusCode(), answer.body()));
        }
    }

    private static HttpRequest request(URI address, String body) {
        return HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + new AccessToken().text())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** Seconds of processor time. */
    private record Used(double server, double store, double callers) {

        Used minus(Used earlier) {
            return new Used(server - earlier.server, store - earlier.store, callers - earlier.callers);
        }
    }

    private record Accepted(long tasks, double seconds, Used used) {

        void tell(String name, Map<String, Double> figures) {
            figures.put(name, tasks / seconds);
            figures.put(name + "Server", micros(used.server()));
            figures.put(name + "Store", micros(used.store()));
            figures.put(name + "Callers", micros(used.callers()));
        }

        private double micros(double total) {
            return Math.round(total / tasks * 1e7) / 10.0;
        }
    }
}

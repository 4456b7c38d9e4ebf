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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Accepted per second over HTTP/1.1 with a token, by callers that keep their connections: fifty at once, and a thousand in a call. */
final class HttpPhase {

    private static final int JOBS = Integer.getInteger("jobs", 20_000);
    private static final int CALLERS = 50;
    private static final int BULK = 1_000;
    /** A server that has run for a day has compiled what it runs. */
    private static final long WARM_UP = 30_000_000_000L;

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
        double _ = accepted(threads, one, CALLERS, 1, Integer.MAX_VALUE / 2, WARM_UP);
        double together = accepted(threads, one, CALLERS, 1, JOBS, LONGEST);
        double _ = accepted(threads, many, 1, BULK, JOBS, LONGEST);
        double bulk = accepted(threads, many, 1, BULK, JOBS, LONGEST);
        return Map.of("together", together, "bulk", bulk);
    }

    /** Sends until so many tasks are accepted, but for no longer than so many nanoseconds; returns how many a second. */
    private double accepted(
            ExecutorService threads, HttpRequest request, int callers, int each, int tasks, long longest)
            throws Exception {
        var sent = new AtomicInteger();
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
        double rate = door.accepted() / seconds;
        door.reset();
        return rate;
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
}

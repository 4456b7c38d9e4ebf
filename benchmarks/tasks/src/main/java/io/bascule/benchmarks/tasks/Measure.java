package io.bascule.benchmarks.tasks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Measures one phase of one of the engines in Java and prints a line of JSON: {@code Measure ENGINE PHASE URL REDIS_PORT}. */
final class Measure {

    private static final double SLOW_PART = 0.02;

    private Measure() {}

    public static void main(String[] arguments) throws Exception {
        int redisPort = Integer.parseInt(arguments[3]);
        switch (arguments[1]) {
            case "queued" -> queued(arguments[2], redisPort, 1);
            case "wide" -> queued(arguments[2], redisPort, 25);
            case "queued-worker" ->
                QueuedFleet.work(arguments[2], redisPort, Integer.parseInt(arguments[4]), new WorkerProcess.Parent());
            case "http" -> print(HttpPhase.run(Door.of(arguments[0], arguments[2], redisPort)));
            case "memory" -> print(MemoryPhase.run(arguments[2], redisPort));
            default -> instant(arguments, redisPort);
        }
        System.exit(0);
    }

    private static void queued(String url, int redisPort, int slots) throws IOException, InterruptedException {
        try (var phase = new QueuedPhase(url, redisPort, slots)) {
            print(phase.run());
        }
    }

    private static void instant(String[] arguments, int redisPort) throws IOException, InterruptedException {
        try (Engine engine = engine(arguments[0], arguments[2], redisPort)) {
            var phases = new Phases(engine);
            switch (arguments[1]) {
                case "enq" -> print(phases.accept());
                case "proc" -> print(phases.process());
                case "fair" -> print(phases.fair());
                case "lat" -> print(pickUp(phases, arguments, 0));
                case "mix" -> print(pickUp(phases, arguments, SLOW_PART));
                case "worker" -> Phases.work(engine, new WorkerProcess.Parent());
                default ->
                    throw new IllegalArgumentException(arguments[1]
                            + " (expected: enq, proc, lat, mix, fair, queued, wide, http, memory or worker)");
            }
        }
    }

    private static Engine engine(String name, String url, int redisPort) {
        return switch (name) {
            case "bascule" -> new BasculeEngine(url, redisPort);
            case "bare" -> new BareEngine(url, redisPort);
            default -> throw new IllegalArgumentException(name + " (expected: bascule or bare)");
        };
    }

    private static Map<String, Double> pickUp(Phases phases, String[] arguments, double slowPart)
            throws IOException, InterruptedException {
        ProcessBuilder command = Java.command(List.of(arguments[0], "worker", arguments[2], arguments[3]));
        try (var worker = new WorkerProcess(command)) {
            return phases.pickUp(worker, slowPart);
        }
    }

    private static void print(Map<String, Double> figures) {
        System.out.println(JsonMapper.shared().writeValueAsString(figures));
    }
}

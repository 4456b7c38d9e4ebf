package io.bascule.benchmarks.tasks;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What an instant worker holds of the machine's memory at most while it works off a crowd, within the limit of its pod. */
final class MemoryPhase {

    private static final int JOBS = Integer.getInteger("jobs", 20_000);

    private MemoryPhase() {}

    static Map<String, Double> run(String url, int redisPort) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(Service.stores(url, redisPort));
        settings.put("BASCULE_API_URL", "http://127.0.0.1:" + Stores.freePort());
        try (var engine = new BasculeEngine(url, redisPort, "echo");
                var worker = new Service("instant-worker", "768m", settings).awaitReady()) {
            engine.reset();
            double started = worker.peakMebibytes();
            var phases = new Phases(engine);
            for (int crowd = 0; crowd < 5; crowd++) {
                phases.addAll(JOBS);
                phases.drain();
            }
            return Map.of("started", started, "worked", worker.peakMebibytes());
        }
    }
}

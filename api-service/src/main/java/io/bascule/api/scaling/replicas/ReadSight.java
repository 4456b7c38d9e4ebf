package io.bascule.api.scaling.replicas;

import io.bascule.api.bridges.Bridge;
import io.bascule.api.bridges.BridgePresence;
import io.bascule.tasks.Lane;
import io.bascule.tasks.gauge.GaugeLease;
import io.bascule.tasks.gauge.JdbcGauges;
import io.bascule.tasks.gauge.PlatformLoad;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what is seen: tasks and workers from the database, bridges and API pods from Redis, code runners from Prometheus. */
class ReadSight {

    private static final Logger log = LoggerFactory.getLogger(ReadSight.class);

    /** As the gauges count: a worker that has not beaten for a lease's time is no worker. */
    private static final String LIVE_WORKERS =
            "select count(*) from task_workers where lane = ? and seen_at > clock_timestamp() - interval '10 s'";

    private final JdbcClient database;
    private final JdbcGauges gauges;
    private final GaugeLease lease;
    private final BridgePresence bridges;
    private final ApiPods apiPods;
    private final RunnersSeen runners;

    ReadSight(JdbcClient database, GaugeLease lease, BridgePresence bridges, ApiPods apiPods, RunnersSeen runners) {
        this.database = database;
        this.gauges = new JdbcGauges(database);
        this.lease = lease;
        this.bridges = bridges;
        this.apiPods = apiPods;
        this.runners = runners;
    }

    /** Empty when another pod publishes the gauges, or none does yet. What is kept where nobody answers is not seen. */
    Optional<PlatformSight> read() {
        return gauges.platform(lease).map(this::with);
    }

    private PlatformSight with(PlatformLoad load) {
        Map<String, Integer> pods = new HashMap<>();
        Map<String, Double> values = new HashMap<>();
        pods.put("instant-worker", liveWorkers(Lane.INSTANT));
        pods.put("queued-worker", Math.toIntExact(load.queuedWorkers()));
        values.put("instant_tasks_jobs_total", (double) (load.instantActive() + load.instantWaiting()));
        values.put("queued_tasks_workers_required", (double) load.queuedWorkersRequired());
        try {
            lookAtRedis(pods, values);
        } catch (RuntimeException away) {
            log.debug("bridges and API pods are not seen: {}", away.getMessage(), away);
        }
        runners.read().ifPresent(seen -> {
            pods.put("custom-code-runner", seen.pods());
            values.put("custom_code_runner_total_job_spaces", seen.share());
        });
        return new PlatformSight(pods, values);
    }

    private void lookAtRedis(Map<String, Integer> pods, Map<String, Double> values) {
        List<String> live = bridges.live().stream().map(Bridge::id).toList();
        double tunnels = live.isEmpty()
                ? 0
                : bridges.loads(live).stream().mapToLong(Long::longValue).sum();
        pods.put("bridge-service", live.size());
        values.put("bascule_bridge_tunnels", tunnels);
        pods.put("api-service", apiPods.count());
    }

    private int liveWorkers(Lane lane) {
        return database.sql(LIVE_WORKERS)
                .param(lane.word())
                .query(Integer.class)
                .single();
    }
}

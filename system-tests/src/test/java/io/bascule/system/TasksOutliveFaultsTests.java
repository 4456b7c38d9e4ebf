package io.bascule.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import io.bascule.testsupport.Scrape;
import io.bascule.testsupport.TaskLedger;
import io.bascule.testsupport.TaskLedger.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks run, functions among them, while workers, the code runner, the API and the stores are killed and the leading orchestrator
 * is paused for longer than its lease. In the end every accepted task has ended exactly once, every function has run, and what the
 * pods tell of it is true.
 *
 * <p>With {@code -Psoak} a million tasks, or as many as {@code -Dbascule.soak.tasks} says. Such a run must not pass midnight (UTC):
 * what the outbox says of a day that is over, and is published and counted, is dropped.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class TasksOutliveFaultsTests {

    private static final boolean SOAK = Boolean.getBoolean("bascule.soak");
    private static final int TASKS = SOAK ? Integer.getInteger("bascule.soak.tasks", 1_000_000) : 20_000;
    private static final int BATCHES = TASKS / TaskLoad.BATCH;
    private static final int TASKS_A_FAULT = 10_000;
    private static final String PARTS_NOT_NEEDED = "bridge-0,bridge-1,demo-agent,web-ui";

    private static final String RUNNER = "code-runner";

    /** In the order of their turn; the launcher starts again what has ended, but no part more than five times a minute. */
    private static final List<Fault> FAULTS = List.of(
            new Fault("instant-worker", "KILL"),
            new Fault("queued-worker", "KILL"),
            new Fault("redis", "INT"),
            new Fault(RUNNER, "KILL"),
            new Fault("instant-worker", "KILL"),
            new Fault("postgres", "INT"),
            new Fault("orchestrator", "STOP"),
            new Fault(RUNNER, "TERM"),
            new Fault("queued-worker", "KILL"),
            new Fault("kafka", "KILL"),
            new Fault("api-service", "KILL"),
            new Fault("instant-worker", "KILL"));

    private static final String NAP =
            "const handler = ({ millis }) => new Promise((resolve) => setTimeout(resolve, millis, 'slept'));";
    /** More than the runner has spaces, and for longer than it takes to see that they run. */
    private static final int LONG_NAPS = 8;

    private static final Duration LONG_NAP = Duration.ofSeconds(2);

    /** Each at least once, and with many tasks again and again. */
    private static final int WANTED = Math.max(FAULTS.size(), TASKS / TASKS_A_FAULT);

    private record Fault(String part, String signal) {}

    @TempDir
    private static Path folder;

    private static Platform platform;
    private static TaskRecords records;
    private static TaskLoad load;
    private static Twin secondApi;
    private static Twin secondOrchestrator;

    private final Random random = new Random(7);
    private final Map<Fault, Integer> done = new LinkedHashMap<>();
    private final List<Double> runningWhenTheRunnerFell = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(folder.resolve("home"), PortRange.free(), "--without", PARTS_NOT_NEEDED)
                .awaitReady();
        var shell = new CommandLine(folder.resolve("person"));
        shell.runPrinted(platform.commands().getFirst()).succeeded();
        for (Map.Entry<String, Integer> queue : TaskLoad.QUEUES.entrySet()) {
            shell.run("queue", "create", queue.getKey(), "--concurrency", Integer.toString(queue.getValue()))
                    .succeeded();
        }
        Path nap = Files.writeString(folder.resolve("nap.js"), NAP);
        shell.run("fn", "deploy", TaskLoad.FUNCTION, nap.toString()).succeeded();
        String token = shell.run("token", "create", "load", "-o", "json")
                .json()
                .path("token")
                .asString();
        records = TaskRecords.of(Twin.environment(platform.pidOf("orchestrator")));
        load = new TaskLoad(platform.portOf("api-service"), token);
        secondApi = Twin.of(platform, "api-service", folder.resolve("second-api.log"));
        secondOrchestrator = Twin.of(platform, "orchestrator", folder.resolve("second-orchestrator.log"));
        Await.until(() -> scrape(secondApi.port(), "up") >= 0 && scrape(secondOrchestrator.port(), "up") >= 0);
    }

    @AfterAll
    static void stop() throws Exception {
        try (Platform ending = platform;
                Twin _ = secondApi;
                Twin _ = secondOrchestrator) {
            ending.terminate();
        }
    }

    @Test
    void everyAcceptedTaskEndsExactlyOnceWhateverIsKilled() throws Exception {
        int next = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            load.submit();
            awaitNoMoreThan(random.nextInt(100, 900));
            while (next < WANTED && next * BATCHES <= batch * WANTED) {
                fault(FAULTS.get(next++ % FAULTS.size()));
            }
        }
        awaitNoMoreThan(0);

        TaskLedger ledger = records.ledger(load.accepted());
        System.out.printf(
                "%d tasks, %d of them functions, %d attempts, %d lost with their workers, %d submits repeated, faults: %s;"
                        + " functions that ran when their runner fell: %s%n",
                ledger.accepted().size(),
                load.functions(),
                ledger.count(Kind.STARTED),
                ledger.losses(),
                load.repeated(),
                done,
                runningWhenTheRunnerFell);
        assertThat(ledger.violations(TaskLoad.QUEUES, 1)).isEmpty();
        assertThat(done.keySet()).containsExactlyInAnyOrderElementsOf(new HashSet<>(FAULTS));
        assertThat(done.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(WANTED);
        assertThat(ledger.losses()).isPositive();
        assertThat(records.count("task_history where type = 'code.run' and state = 'succeeded'"))
                .isEqualTo(load.functions());
        assertThat(runningWhenTheRunnerFell).hasSize(runnersFelled()).allMatch(running -> running > 0);
        Map<Kind, Long> told = ledger.counts();
        Await.until(() -> pagesTell(told));
    }

    /** Of tasks that wait or run. The table of these is small, however many have ended. */
    private static void awaitNoMoreThan(int most) {
        Await.until(() -> {
            long left = records.count("task_live");
            return left >= 0 && left <= most;
        });
    }

    private int runnersFelled() {
        return done.entrySet().stream()
                .filter(fault -> fault.getKey().part().equals(RUNNER))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Ends or pauses the process that runs a part now, while tasks run. */
    private void fault(Fault fault) throws IOException {
        if (fault.part().equals(RUNNER)) {
            load.submitFunctions(LONG_NAPS, LONG_NAP);
            Await.until(this::seesFunctionsRun);
        }
        long pid = platform.pidOf(fault.part());
        System.out.printf(
                "SIG%s to %s, %d of %d accepted left%n",
                fault.signal(),
                fault.part(),
                records.count("task_live"),
                load.accepted().size());
        if (fault.signal().equals("STOP")) {
            pauseTheLeader();
        } else {
            Signals.send(pid, fault.signal());
            Signals.awaitEnd(pid);
        }
        done.merge(fault, 1, Integer::sum);
    }

    /** Until the other one leads, which it does when the lease of the one that sleeps has run out; then it is woken. */
    private static void pauseTheLeader() {
        boolean ours = leads(platform.portOf("orchestrator"));
        long leader = ours
                ? platform.pidOf("orchestrator")
                : secondOrchestrator.process().pid();
        int successor = ours ? secondOrchestrator.port() : platform.portOf("orchestrator");
        Signals.send(leader, "STOP");
        try {
            Await.until(() -> leads(successor));
        } finally {
            Signals.send(leader, "CONT");
        }
        Await.until(() -> !(leads(platform.portOf("orchestrator")) && leads(secondOrchestrator.port())));
    }

    /** By the runner's own count. */
    private boolean seesFunctionsRun() {
        try {
            Scrape spaces = Scrape.of(platform.portOf(RUNNER), "/api/v2/prometheus");
            double running = spaces.sum("custom_code_runner_total_job_spaces")
                    - spaces.sum("custom_code_runner_remaining_job_spaces");
            if (running > 0) {
                runningWhenTheRunnerFell.add(running);
            }
            return running > 0;
        } catch (IllegalStateException away) {
            return false;
        }
    }

    private static boolean leads(int port) {
        return scrape(port, "bascule_orchestrator_leader") == 1;
    }

    /** Over both API pods, at rest: nothing active, waiting or required, and as many accepted, started and ended as there were. */
    private static boolean pagesTell(Map<Kind, Long> told) {
        return both("instant_tasks_jobs_active") == 0
                && both("instant_tasks_jobs_waiting") == 0
                && both("queued_tasks_workers_required") == 0
                && both("bascule_task_accepted_total") == told.getOrDefault(Kind.ACCEPTED, 0L)
                && both("bascule_task_started_total") == told.getOrDefault(Kind.STARTED, 0L)
                && both("bascule_task_finished_total") == told.getOrDefault(Kind.FINISHED, 0L);
    }

    private static double both(String metric) {
        return scrape(platform.portOf("api-service"), metric) + scrape(secondApi.port(), metric);
    }

    /** Minus one while there is no answer. */
    private static double scrape(int port, String metric) {
        try {
            return Scrape.of(port, "/prometheus").sum(metric);
        } catch (IllegalStateException away) {
            return -1;
        }
    }
}

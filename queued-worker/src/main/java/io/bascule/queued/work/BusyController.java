package io.bascule.queued.work;

import io.bascule.tasks.worker.TaskWorker;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the queued worker's autoscaler reads, at the path where it looks. */
@RestController
class BusyController {

    private static final MediaType TEXT_FORMAT = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");
    private static final String FAMILY = """
            # HELP queued_tasks_worker_busy 1 while this worker runs a task, else 0
            # TYPE queued_tasks_worker_busy gauge
            queued_tasks_worker_busy %d
            """;

    private final TaskWorker worker;

    BusyController(TaskWorker worker) {
        this.worker = worker;
    }

    /** In text format 0.0.4 whatever the scraper would rather have. */
    @GetMapping("/prometheus/queued-tasks")
    ResponseEntity<String> busy() {
        return ResponseEntity.ok().contentType(TEXT_FORMAT).body(FAMILY.formatted(worker.active() > 0 ? 1 : 0));
    }
}

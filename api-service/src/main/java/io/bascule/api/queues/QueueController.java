package io.bascule.api.queues;

import io.bascule.api.caller.Caller;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.queues.PurgeQueue.Purged;
import io.bascule.api.revisions.Revision;
import io.bascule.tasks.store.Queue;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Queues of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/queues", version = "1")
class QueueController {

    private final FindQueue findQueue;
    private final CreateQueue createQueue;
    private final ChangeQueue changeQueue;
    private final PurgeQueue purgeQueue;
    private final DeleteQueue deleteQueue;

    QueueController(
            FindQueue findQueue,
            CreateQueue createQueue,
            ChangeQueue changeQueue,
            PurgeQueue purgeQueue,
            DeleteQueue deleteQueue) {
        this.findQueue = findQueue;
        this.createQueue = createQueue;
        this.changeQueue = changeQueue;
        this.purgeQueue = purgeQueue;
        this.deleteQueue = deleteQueue;
    }

    @GetMapping
    @Operation(
            summary =
                    "List the queues and what they hold; of each kind 10,000 tasks are counted, 10001 stands for more")
    ResponseEntity<Page<QueueView>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return findQueue.list(caller, PageRequest.of(limit, cursor)).toResponse();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Create a queue")
    ResponseEntity<QueueView> create(Caller caller, @Valid @RequestBody WantedQueue wanted) {
        Queue queue = createQueue.create(caller, wanted);
        return ResponseEntity.created(URI.create("/api/v1/queues/" + queue.name()))
                .eTag(entityTag(queue))
                .body(QueueView.of(queue));
    }

    @GetMapping("/{name}")
    @Operation(summary = "Show a queue and what it holds, counted as in the list")
    ResponseEntity<QueueView> get(Caller caller, @PathVariable String name) {
        return answer(findQueue.find(caller, name));
    }

    @PutMapping("/{name}")
    @Operation(summary = "Change how many tasks of a queue may run at once")
    ResponseEntity<QueueView> change(
            Caller caller,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody WantedLimit wanted) {
        return answer(changeQueue.limit(caller, name, ifMatch, wanted));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove an empty queue")
    void delete(
            Caller caller,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        deleteQueue.delete(caller, name, ifMatch);
    }

    @PostMapping("/{name}:pause")
    @Operation(summary = "Start no more tasks of a queue; what runs goes on")
    ResponseEntity<QueueView> pause(Caller caller, @PathVariable String name) {
        return answer(changeQueue.pause(caller, name));
    }

    @PostMapping("/{name}:resume")
    @Operation(summary = "Start tasks of a queue again")
    ResponseEntity<QueueView> resume(Caller caller, @PathVariable String name) {
        return answer(changeQueue.resume(caller, name));
    }

    @PostMapping("/{name}:purge")
    @Operation(summary = "Cancel what waits in a queue or is delayed; what runs goes on")
    Purged purge(Caller caller, @PathVariable String name) {
        return purgeQueue.purge(caller, name);
    }

    private static ResponseEntity<QueueView> answer(Queue queue) {
        return ResponseEntity.ok().eTag(entityTag(queue)).body(QueueView.of(queue));
    }

    private static String entityTag(Queue queue) {
        return new Revision(queue.revision()).entityTag();
    }
}

package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.service.problem.ProblemException;
import io.bascule.storage.ObjectStorage;
import io.bascule.storage.ObjectStorage.StoredObject;
import io.bascule.storage.StorageException;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.object.TaskObjects;
import io.bascule.tasks.store.JdbcLargeResults;
import io.bascule.tasks.store.JdbcTasks;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Opens the result of a task of the caller's workspace, wherever it is kept. */
@Component
class ReadTaskResult {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JdbcTasks tasks;
    private final JdbcLargeResults largeResults;
    private final @Nullable ObjectStorage storage;

    ReadTaskResult(JdbcTasks tasks, JdbcLargeResults largeResults, ObjectProvider<ObjectStorage> storage) {
        this.tasks = tasks;
        this.largeResults = largeResults;
        this.storage = storage.getIfAvailable();
    }

    /** The result as JSON in UTF-8; whoever gets it closes it. */
    StoredObject open(Caller caller, UUID id) {
        caller.require(Role.VIEWER);
        Task task = tasks.find(caller.workspace(), id).orElseThrow(() -> FindTask.unknown(caller, id));
        String inline = task.result();
        if (inline != null) {
            byte[] json = inline.getBytes(StandardCharsets.UTF_8);
            return new StoredObject(json.length, new ByteArrayInputStream(json));
        }
        if (task.state() != TaskState.SUCCEEDED) {
            throw new ProblemException(
                    TaskProblem.NO_RESULT,
                    "The task is %s; only one that succeeded has a result"
                            .formatted(task.state().word()));
        }
        return largeResults
                .find(caller.workspace(), id)
                .map(large -> stored(caller, id, large.attempt()))
                .orElseThrow(() -> new ProblemException(TaskProblem.NO_RESULT, "The result is not kept any more"));
    }

    private StoredObject stored(Caller caller, UUID id, int attempt) {
        if (storage == null) {
            throw new ProblemException(
                    TaskProblem.NO_RESULT,
                    "This API has no object storage (bascule.storage.kind), where the result is");
        }
        try {
            return storage.get(TaskObjects.result(caller.workspace(), id, attempt))
                    .orElseThrow(() -> new ProblemException(TaskProblem.NO_RESULT, "The result is not kept any more"));
        } catch (StorageException away) {
            throw ProblemException.retryable(
                    TaskProblem.STORAGE_AWAY, "The result is kept there; try again in a moment", RETRY_AFTER);
        }
    }
}

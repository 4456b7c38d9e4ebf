package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.tasks.TaskView.LargeResultView;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.store.JdbcLargeResults;
import io.bascule.tasks.store.JdbcTasks;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds one task of the caller's workspace. */
@Component
class FindTask {

    private final JdbcTasks tasks;
    private final JdbcLargeResults largeResults;

    FindTask(JdbcTasks tasks, JdbcLargeResults largeResults) {
        this.tasks = tasks;
        this.largeResults = largeResults;
    }

    TaskView find(Caller caller, UUID id) {
        caller.require(Role.VIEWER);
        TaskView task = tasks.find(caller.workspace(), id).map(TaskView::of).orElseThrow(() -> unknown(caller, id));
        TaskRequest.Callback callback = tasks.callback(caller.workspace(), id)
                .map(TaskRequest.Callback::new)
                .orElse(null);
        return task.with(task.mayHaveLargeResult() ? largeResult(caller, id) : null, callback);
    }

    private @Nullable LargeResultView largeResult(Caller caller, UUID id) {
        return largeResults
                .find(caller.workspace(), id)
                .map(large -> new LargeResultView(large.bytes(), "/api/v1/tasks/%s/result".formatted(id)))
                .orElse(null);
    }

    /** For those who need no more than that. */
    void requireExists(Caller caller, UUID id) {
        if (!tasks.exists(caller.workspace(), id)) {
            throw unknown(caller, id);
        }
    }

    static ProblemException unknown(Caller caller, UUID id) {
        return new ProblemException(
                TaskProblem.TASK_NOT_FOUND, "Workspace %s has no task %s".formatted(caller.workspaceName(), id));
    }
}

package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.storage.StorageException;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLine;
import io.bascule.tasks.log.LogPosition;
import io.bascule.tasks.object.TaskLogReader;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads the log of a task of the caller's workspace, while it runs and afterwards. */
@Component
class ReadTaskLog {

    static final int LARGEST_PAGE = 1_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final FindTask findTask;
    private final TaskLogReader logs;

    ReadTaskLog(FindTask findTask, TaskLogReader logs) {
        this.findTask = findTask;
        this.logs = logs;
    }

    /** A page of it; what is said later comes after the last page's last line. */
    Page<LogLineView> read(Caller caller, UUID task, PageRequest request) {
        LogKey log = require(caller, task);
        LogPosition after = request.position().map(ReadTaskLog::position).orElse(LogPosition.START);
        return Page.cut(
                        found(log, after, request.fetch()),
                        request,
                        (LogLine line) -> line.at().toString())
                .map(LogLineView::of);
    }

    private List<LogLine> found(LogKey log, LogPosition after, int most) {
        try {
            return logs.read(log, after, most);
        } catch (StorageException away) {
            throw ProblemException.retryable(
                    TaskProblem.STORAGE_AWAY, "Logs of ended tasks are kept there; try again in a moment", RETRY_AFTER);
        }
    }

    /** The lines after a position, archived or not, of a log that the caller was let to. */
    List<LogLine> lines(LogKey log, LogPosition after) {
        return logs.read(log, after, LARGEST_PAGE);
    }

    /** What is being said, for who has read what was there. */
    List<LogLine> newLines(LogKey log, LogPosition after) {
        return logs.readLive(log, after, LARGEST_PAGE);
    }

    /** The log's key, for those who may read it. */
    LogKey require(Caller caller, UUID task) {
        caller.require(Role.VIEWER);
        findTask.requireExists(caller, task);
        return new LogKey(caller.workspace(), task);
    }

    private static LogPosition position(String cursor) {
        return LogPosition.parse(cursor).orElseThrow(() -> {
            String detail = "cursor: take it from the `next` of the page before, unchanged";
            return new ProblemException(
                    CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem("/cursor", detail)));
        });
    }
}

package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.replica.LongReads;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.JdbcTasks;
import io.bascule.tasks.store.TaskFilter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the tasks of the caller's workspace, newest first, live and ended. */
@Component
class ReadTasks {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,64}");

    private final JdbcTasks tasks;
    private final LongReads reads;

    ReadTasks(JdbcTasks tasks, LongReads reads) {
        this.tasks = tasks;
        this.reads = reads;
    }

    Page<TaskView> read(Caller caller, WantedTasks wanted, PageRequest request) {
        caller.require(Role.VIEWER);
        var filter = new TaskFilter(
                caller.workspace(),
                state(wanted.state()),
                name("type", wanted.type()),
                name("queue", wanted.queue()),
                request.position().map(ReadTasks::id).orElse(null));
        return Page.cut(
                        wanted.isBrief() ? brief(filter, request.fetch()) : whole(filter, request.fetch()),
                        request,
                        (Task task) -> task.id().toString())
                .map(TaskView::of);
    }

    private List<Task> whole(TaskFilter filter, int most) {
        return read(filter, store -> store.list(filter, most));
    }

    private List<Task> brief(TaskFilter filter, int most) {
        return read(filter, store -> store.listBriefly(filter, most));
    }

    /** What has ended does not change any more. */
    private List<Task> read(TaskFilter filter, Function<JdbcTasks, List<Task>> list) {
        boolean ended = filter.state() != null && filter.state().isFinal();
        return ended ? reads.read(database -> list.apply(new JdbcTasks(database))) : list.apply(tasks);
    }

    private static @Nullable TaskState state(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(TaskState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "state",
                        "state: %s (expected one of: %s)"
                                .formatted(
                                        word,
                                        Arrays.stream(TaskState.values())
                                                .map(TaskState::word)
                                                .collect(Collectors.joining(", ")))));
    }

    private static @Nullable String name(String parameter, @Nullable String value) {
        if (value != null && !NAME.matcher(value).matches()) {
            throw invalid(parameter, parameter + ": expected 1 to 64 letters, digits and . _ -");
        }
        return value;
    }

    private static UUID id(String position) {
        try {
            return UUID.fromString(position);
        } catch (IllegalArgumentException notOurs) {
            throw invalid("cursor", "cursor: take it from the `next` of the page before, unchanged");
        }
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(
                CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem("/" + parameter, detail)));
    }
}

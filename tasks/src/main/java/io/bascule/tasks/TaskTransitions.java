package io.bascule.tasks;

import static io.bascule.tasks.TaskEvent.ACCEPT;
import static io.bascule.tasks.TaskEvent.BECOME_DUE;
import static io.bascule.tasks.TaskEvent.CANCEL;
import static io.bascule.tasks.TaskEvent.CLAIM;
import static io.bascule.tasks.TaskEvent.EXPIRE;
import static io.bascule.tasks.TaskEvent.FAIL;
import static io.bascule.tasks.TaskEvent.HAND_BACK;
import static io.bascule.tasks.TaskEvent.LOSE;
import static io.bascule.tasks.TaskEvent.RETRY;
import static io.bascule.tasks.TaskEvent.SUCCEED;
import static io.bascule.tasks.TaskState.ACCEPTED;
import static io.bascule.tasks.TaskState.CANCELLED;
import static io.bascule.tasks.TaskState.EXPIRED;
import static io.bascule.tasks.TaskState.FAILED;
import static io.bascule.tasks.TaskState.RETRYING;
import static io.bascule.tasks.TaskState.RUNNING;
import static io.bascule.tasks.TaskState.SCHEDULED;
import static io.bascule.tasks.TaskState.SUCCEEDED;
import static io.bascule.tasks.TaskState.WAITING;

import java.util.List;
import java.util.stream.Collectors;

/** Every way a task can move; what is not listed does not happen. The diagram in docs/tasks.md is printed from it. */
final class TaskTransitions {

    static final List<Transition> ALL = List.of(
            new Transition(ACCEPTED, ACCEPT, WAITING),
            new Transition(ACCEPTED, ACCEPT, SCHEDULED),
            new Transition(SCHEDULED, BECOME_DUE, WAITING),
            new Transition(RETRYING, BECOME_DUE, WAITING),
            new Transition(WAITING, CLAIM, RUNNING),
            new Transition(RUNNING, SUCCEED, SUCCEEDED),
            new Transition(RUNNING, FAIL, RETRYING),
            new Transition(RUNNING, FAIL, FAILED),
            new Transition(RUNNING, HAND_BACK, WAITING),
            new Transition(RUNNING, HAND_BACK, CANCELLED),
            new Transition(RUNNING, LOSE, WAITING),
            new Transition(RUNNING, LOSE, FAILED),
            new Transition(RUNNING, LOSE, CANCELLED),
            new Transition(RUNNING, LOSE, EXPIRED),
            new Transition(WAITING, CANCEL, CANCELLED),
            new Transition(SCHEDULED, CANCEL, CANCELLED),
            new Transition(RETRYING, CANCEL, CANCELLED),
            new Transition(RUNNING, CANCEL, CANCELLED),
            new Transition(WAITING, EXPIRE, EXPIRED),
            new Transition(SCHEDULED, EXPIRE, EXPIRED),
            new Transition(RETRYING, EXPIRE, EXPIRED),
            new Transition(RUNNING, EXPIRE, EXPIRED),
            new Transition(FAILED, RETRY, WAITING));

    private TaskTransitions() {}

    static boolean allow(TaskState from, TaskEvent event, TaskState to) {
        return ALL.contains(new Transition(from, event, to));
    }

    /** A Mermaid state diagram. */
    static String diagram() {
        String arrows = ALL.stream()
                .map(way -> "    %s --> %s: %s"
                        .formatted(
                                way.from().word(), way.to().word(), way.event().label()))
                .collect(Collectors.joining("\n"));
        String ends = List.of(SUCCEEDED, FAILED, CANCELLED, EXPIRED).stream()
                .map(state -> "    %s --> [*]".formatted(state.word()))
                .collect(Collectors.joining("\n"));
        return "stateDiagram-v2\n    [*] --> accepted\n" + arrows + "\n" + ends + "\n";
    }

    /** One arrow of the diagram. */
    record Transition(TaskState from, TaskEvent event, TaskState to) {}
}

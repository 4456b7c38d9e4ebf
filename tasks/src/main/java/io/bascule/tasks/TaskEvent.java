package io.bascule.tasks;

/** What can happen to a task, in the words of the diagram. */
public enum TaskEvent {
    ACCEPT("accept"),
    BECOME_DUE("become due"),
    CLAIM("claim"),
    SUCCEED("succeed"),
    FAIL("fail"),
    HAND_BACK("hand back"),
    LOSE("lose the worker"),
    CANCEL("cancel"),
    EXPIRE("deadline passes"),
    RETRY("retry by hand");

    private final String label;

    TaskEvent(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}

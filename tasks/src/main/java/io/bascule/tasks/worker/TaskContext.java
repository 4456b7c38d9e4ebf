package io.bascule.tasks.worker;

import io.bascule.tasks.Submitter;
import io.bascule.tasks.log.LogLevel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a handler knows of the attempt it runs, and what it can say. Safe for use by several threads. */
public interface TaskContext {

    UUID task();

    UUID workspace();

    /** From 1; a handler may see the same task again under a higher one. */
    int attempt();

    /** Valid by the type's schema. */
    JsonNode input();

    Submitter submittedBy();

    /** How much time is left until the deadline; empty if there is none. */
    Optional<Duration> remaining();

    /** Whether it has been asked to stop; its thread is interrupted too. */
    boolean stopping();

    /** What the latest checkpoint of this task says, of whichever attempt; empty before the first. */
    Optional<JsonNode> checkpoint();

    /**
     * Keeps state for the attempt that goes on when this one is lost, handed back or fails. Returns when it is stored; the
     * task's end forgets it.
     *
     * @param state at most 256 KiB as JSON
     * @throws IllegalArgumentException when it is larger
     * @throws TaskFailure when this attempt holds the task no longer; the handler should return, as another one runs
     */
    void checkpoint(JsonNode state) throws TaskFailure;

    /** Says how far it is, 0 to 100; stored with the next beat. */
    void progress(int percent, String message);

    /** Adds text to the task's log, each of its lines as a line; docs/tasks.md says how much of it is kept. */
    void log(LogLevel level, String text);

    default void log(String text) {
        log(LogLevel.INFO, text);
    }

    /**
     * The values of secrets, by name, for every name: of those to which the input refers as <code>{"secret": "NAME"}</code>. They
     * are masked from now on. Blocks while the API, which opens them, is away.
     *
     * @throws TaskFailure that names the secret, when it is not there or the input does not refer to it
     */
    Map<String, String> secrets(Set<String> names) throws TaskFailure, InterruptedException;

    /** From now on this text shows as {@code ***} in the task's log, in its progress and in its error. */
    void mask(String secret);
}

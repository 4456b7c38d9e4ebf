package io.bascule.tasks.worker;

import io.bascule.tasks.Submitter;
import java.time.Duration;
import java.util.Optional;
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

    /** Says how far it is, 0 to 100; stored with the next beat. */
    void progress(int percent, String message);

    /** Adds a line to the task's log. */
    void log(String line);
}

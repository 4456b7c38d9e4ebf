package io.bascule.tasks.signal;

import java.util.Set;
import java.util.UUID;

/** Is told that there may be work. Called on a thread of the signals: it must return quickly. */
@FunctionalInterface
public interface HintListener {

    /** There may be work of any workspace. */
    void hinted();

    /** There may be work of these workspaces, in the instant lane. Who does not tell them apart looks for any. */
    default void hinted(Set<UUID> workspaces) {
        hinted();
    }
}

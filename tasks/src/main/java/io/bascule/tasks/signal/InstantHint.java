package io.bascule.tasks.signal;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is said on the channel of the instant lane: whose tasks may start. Nothing stands for any workspace, which is all that the
 * releases before said and hear; and so does a message that is not ours, since a look too many costs less than a hint that is lost.
 *
 * @param workspaces at most {@link #MOST}; none for any
 */
record InstantHint(Set<UUID> workspaces) {

    /** Of more it is cheaper to look for any. */
    static final int MOST = 8;

    private static final int LENGTH = 36;

    InstantHint {
        workspaces = workspaces.size() > MOST ? Set.of() : Set.copyOf(workspaces);
    }

    static InstantHint parse(String message) {
        if (message.isEmpty() || message.length() >= (LENGTH + 1) * MOST) {
            return new InstantHint(Set.of());
        }
        Set<UUID> workspaces = new TreeSet<>();
        try {
            for (String workspace : message.split(",", -1)) {
                workspaces.add(UUID.fromString(workspace));
            }
        } catch (IllegalArgumentException foreign) {
            return new InstantHint(Set.of());
        }
        return new InstantHint(workspaces);
    }

    String message() {
        return workspaces.stream().map(UUID::toString).collect(Collectors.joining(","));
    }

    void tell(HintListener listener) {
        if (workspaces.isEmpty()) {
            listener.hinted();
        } else {
            listener.hinted(workspaces);
        }
    }
}

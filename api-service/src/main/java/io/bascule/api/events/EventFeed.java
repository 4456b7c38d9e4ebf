package io.bascule.api.events;

import io.bascule.events.CloudEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/**
 * The latest events of the platform, and those who watch. Keeps the last {@value #REMEMBERED} events, so that a watcher
 * that comes back can go on where it was. Safe for use by many threads.
 */
class EventFeed {

    static final int REMEMBERED = 2_000;

    private final SequencedMap<String, CloudEvent> recent = new LinkedHashMap<>();
    private final Set<Watcher> watchers = new HashSet<>();

    /** Gives an event to everyone who watches its workspace. One that was seen lately is passed over. */
    synchronized void publish(CloudEvent event) {
        if (recent.putIfAbsent(event.id(), event) != null) {
            return;
        }
        if (recent.size() > REMEMBERED) {
            recent.pollFirstEntry();
        }
        watchers.stream().filter(watcher -> watcher.sees(event)).forEach(watcher -> watcher.offer(event));
    }

    /**
     * Begins to watch a workspace.
     *
     * @param lastSeen id of the last event that the watcher saw; what came since is given again. When that is not
     *     remembered, the watcher is told that it missed something. Who does not go on anywhere begins after the latest
     *     event of the workspace, and is told which that is.
     */
    synchronized Watcher watch(UUID workspace, Optional<String> lastSeen) {
        var watcher = new Watcher(workspace);
        lastSeen.flatMap(this::since)
                .ifPresentOrElse(
                        missed -> missed.stream().filter(watcher::sees).forEach(watcher::offer),
                        () -> begin(watcher, lastSeen.isPresent()));
        watchers.add(watcher);
        return watcher;
    }

    private void begin(Watcher watcher, boolean missedSome) {
        recent.reversed().values().stream().filter(watcher::sees).findFirst().ifPresent(watcher::begins);
        if (missedSome) {
            watcher.missed();
        }
    }

    synchronized void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    private Optional<List<CloudEvent>> since(String id) {
        if (!recent.containsKey(id)) {
            return Optional.empty();
        }
        return Optional.of(recent.values().stream()
                .dropWhile(event -> !event.id().equals(id))
                .skip(1)
                .toList());
    }
}

package io.bascule.tasks.worker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The attempts a worker holds, from claim to settlement; those whose handlers have not returned are called running. */
final class Attempts {

    private final Map<UUID, Attempt> held = new ConcurrentHashMap<>();
    private final Map<UUID, Attempt> running = new ConcurrentHashMap<>();
    private final Set<Attempt> ending = ConcurrentHashMap.newKeySet();

    void add(Attempt attempt) {
        held.put(attempt.task(), attempt);
        running.put(attempt.task(), attempt);
    }

    /** Whether the caller is the first who means to settle it; the others leave it alone. */
    boolean ends(Attempt attempt) {
        return ending.add(attempt);
    }

    /** Its handler has returned; the attempt is held until it is settled. */
    void returned(Attempt attempt) {
        running.remove(attempt.task(), attempt);
    }

    void settled(Attempt attempt) {
        held.remove(attempt.task(), attempt);
    }

    /** Its handler has returned and it is settled, in whatever order. */
    void forget(Attempt attempt) {
        ending.remove(attempt);
    }

    Collection<Attempt> held() {
        return List.copyOf(held.values());
    }

    Optional<Attempt> running(UUID task) {
        return Optional.ofNullable(running.get(task));
    }

    Collection<Attempt> running() {
        return List.copyOf(running.values());
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** How many attempts of each workspace have a slot or wait for one. */
    Map<UUID, Integer> byWorkspace() {
        return running.values().stream().collect(Collectors.toMap(Attempt::workspace, _ -> 1, Integer::sum));
    }
}

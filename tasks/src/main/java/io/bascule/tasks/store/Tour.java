package io.bascule.tasks.store;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker is on its way round the workspaces and their queues. Each claim goes on where the last one stopped, so that
 * every queue is come to, however many there are before it. Claims that bring nothing go on as well, until a lap has begun
 * and ended since there was a reason to look: then there is nothing to claim.
 *
 * @param after the ring of workspaces goes on behind this one
 * @param passed of workspaces whose walk is not over: the queue behind which it goes on
 * @param lap of claims that bring nothing; null when the next claim begins one
 * @param patient whether the next claim is to wait for queues that others hold: the last one found no others
 * @param far how many claims are to walk the whole ring before those for one task look at its first workspace alone again
 */
public record Tour(
        UUID after,
        NavigableMap<UUID, String> passed,
        @Nullable Lap lap,
        boolean patient,
        int far) {

    /** In more workspaces than this the walk begins at the first queue each time. */
    static final int MOST_REMEMBERED = 2_000;

    /** After a look at the first workspace alone that was in vain: the next ones may be, too. */
    static final int FAR = 32;

    /** Byte by byte, as PostgreSQL does. */
    private static final Comparator<UUID> ORDER = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    public Tour {
        passed = Collections.unmodifiableNavigableMap(sorted(passed));
    }

    /** A tour that begins behind this workspace. */
    public static Tour behind(UUID workspace) {
        return new Tour(workspace, new TreeMap<>(), null, false, 1);
    }

    /** The same, and the next claim passes over what others hold. */
    public Tour impatient() {
        return new Tour(after, passed, lap, false, far);
    }

    /** Whether the next claim begins a lap: the lap's end is the answer to what is known when it begins. */
    public boolean begins() {
        return lap == null;
    }

    /** Whether the next claim, if it is for one task, looks at the first workspace of the ring alone. */
    boolean near() {
        return far == 0 && begins() && !patient;
    }

    /** Whether the search goes on after a claim that brought nothing. */
    boolean goesOn() {
        return lap != null || patient;
    }

    /** What is remembered of the workspaces that a ring of this size may come to. */
    List<Map.Entry<UUID, String>> ahead(int ring) {
        return Stream.of(passed.tailMap(after, false), passed.headMap(after, true))
                .flatMap(part -> part.entrySet().stream())
                .limit(ring)
                .toList();
    }

    /** After a claim. */
    Tour next(Leg leg) {
        UUID served = leg.served();
        if (served != null) {
            return new Tour(served, left(served, leg, leg.visited()), null, false, Math.max(0, far - 1));
        }
        return leg.candidates() > 0 && !patient ? new Tour(after, passed, lap, true, far) : barren(leg);
    }

    /** After a claim that looked at the first workspace alone and found that nothing waits. */
    Tour idle() {
        return new Tour(after, new TreeMap<>(), null, false, 0);
    }

    /** After one that found nothing there to take: now the whole ring is looked at. */
    Tour onward() {
        return new Tour(after, passed, lapOf(), false, FAR);
    }

    /** The first workspace whose walk is not over is where the next claim begins. */
    private Tour barren(Leg leg) {
        List<Visit> over = leg.visited().stream().takeWhile(Visit::isOver).toList();
        boolean whole = over.size() == leg.visits();
        if (!whole && over.isEmpty()) {
            return new Tour(after, put(sorted(passed), leg.visited()), lapOf(), false, far);
        }
        UUID last = whole ? leg.end(after) : over.getLast().workspace();
        NavigableMap<UUID, String> left =
                left(last, leg, leg.visited().stream().limit(over.size() + 1L).toList());
        boolean closed = within(last, lapOf().from()) || (whole && leg.circle());
        return new Tour(
                last,
                left,
                closed ? lapOf().following(last) : lapOf(),
                false,
                leg.ring().isEmpty() ? 0 : far);
    }

    private Lap lapOf() {
        return lap == null ? new Lap(after, passed.isEmpty()) : lap;
    }

    /** What the ring has passed without coming to it has nothing waiting any more. */
    private NavigableMap<UUID, String> left(UUID last, Leg leg, List<Visit> visited) {
        Set<UUID> waiting = Set.copyOf(leg.ring());
        NavigableMap<UUID, String> left = sorted(passed);
        left.keySet().removeIf(workspace -> !waiting.contains(workspace) && within(last, workspace));
        return put(left, visited);
    }

    private static NavigableMap<UUID, String> put(NavigableMap<UUID, String> left, List<Visit> visited) {
        for (Visit visit : visited) {
            if (visit.isOver()) {
                left.remove(visit.workspace());
            } else if (visit.tried() && (left.containsKey(visit.workspace()) || left.size() < MOST_REMEMBERED)) {
                left.put(visit.workspace(), visit.passed());
            }
        }
        return left;
    }

    /** Whether the ring passes it on the way to the last one, which may be once round. */
    private boolean within(UUID last, UUID workspace) {
        boolean behind = ORDER.compare(workspace, after) > 0;
        boolean before = ORDER.compare(workspace, last) <= 0;
        return ORDER.compare(after, last) < 0 ? behind && before : behind || before;
    }

    private static NavigableMap<UUID, String> sorted(Map<UUID, String> passed) {
        var sorted = new TreeMap<UUID, String>(ORDER);
        sorted.putAll(passed);
        return sorted;
    }

    /**
     * Claims in a row that bring nothing.
     *
     * @param from the ring is round when it passes this workspace
     * @param clean whether every walk in it begins at the first queue, so that its end is the end of the search
     */
    public record Lap(UUID from, boolean clean) {

        private @Nullable Lap following(UUID start) {
            return clean ? null : new Lap(start, true);
        }
    }

    /**
     * What a claim saw of the ring.
     *
     * @param served the furthest workspace that it took tasks of, if it took any
     * @param candidates how many queues with room and tasks it found, and workspaces whose quotas others held
     * @param ring workspaces with waiting tasks, in order
     * @param circle whether there are no others
     * @param visits how many of the ring were to be visited; not those that have no room
     * @param visited those that were, in order
     */
    record Leg(
            @Nullable UUID served, int candidates, List<UUID> ring, boolean circle, int visits, List<Visit> visited) {

        private UUID end(UUID after) {
            return ring.isEmpty() ? after : ring.getLast();
        }
    }

    /**
     * A walk over queues of a workspace.
     *
     * @param passed the queue at which it stopped; empty if it came to the end
     * @param tried whether something was taken of what it found, or would have been if nobody held it
     */
    record Visit(UUID workspace, String passed, boolean tried) {

        boolean isOver() {
            return passed.isEmpty();
        }
    }
}

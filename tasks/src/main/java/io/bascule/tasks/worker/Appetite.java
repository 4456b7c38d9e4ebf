package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.Tour;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How much a worker may claim, and whether it is worth asking. Every slot is free, ending (its handler has returned and its
 * settlement will be along, with a claim), asked for by a claim that is under way, or held by a running attempt; so that claims
 * under way at the same time never take more together than there are free slots, nor more than a workspace's share. Safe for
 * use by many threads.
 */
final class Appetite {

    private final WorkerSettings settings;
    private final Supplier<Map<UUID, Integer>> running;
    private int free;
    private int ending;
    private int asked;
    private Tour tour = Tour.behind(UUID.randomUUID());

    /** Reasons to look so far; and how many of them were known to a claim that took all there was. */
    private long reasons = 1;

    private long satisfied;

    /** Reasons that were known when the lap began which the next claim goes on with. */
    private long known;

    /** A workspace had its whole share: more of it may wait, and can be claimed when one of its tasks ends. */
    private boolean limited;

    /** @param running slots that workspaces hold at this moment */
    Appetite(WorkerSettings settings, Supplier<Map<UUID, Integer>> running) {
        this.settings = settings;
        this.running = running;
        this.free = settings.concurrency();
    }

    /** There may be something to claim. */
    synchronized void hint() {
        reasons++;
    }

    /** A slot is free at once. */
    synchronized void freed() {
        free++;
    }

    /** A slot's handler has returned; the round that settles its task may claim another. */
    synchronized void ending() {
        ending++;
    }

    /** Whether it is worth asking now. */
    synchronized boolean hungry() {
        return satisfied < reasons && hasRoom();
    }

    private boolean hasRoom() {
        return free > 0 && asked < settings.workspaceShare();
    }

    /** Whether tasks are running whose slots the next claim could fill as well, if it waited for them to end. */
    synchronized boolean growing() {
        boolean running = free + ending + asked < settings.concurrency();
        return running && (satisfied < reasons || limited);
    }

    /** What to claim now, if it is worth asking. */
    synchronized Optional<Bite> bite() {
        return hungry() ? Optional.of(take()) : Optional.empty();
    }

    /**
     * What to claim along with settlements, if it is worth asking. Queued workers keep them apart: each locks rows of queues in
     * their order, and two transactions that did so twice could wait for each other.
     */
    synchronized Optional<Bite> biteWithSettlements() {
        free += ending;
        ending = 0;
        boolean worthIt = settings.lane() == Lane.INSTANT && (satisfied < reasons || limited) && hasRoom();
        return worthIt ? Optional.of(take()) : Optional.empty();
    }

    private Bite take() {
        int room = free;
        var request = new ClaimRequest(
                settings.lane(),
                settings.name(),
                settings.lease(),
                room,
                settings.workspaceShare() - asked,
                running.get(),
                tour);
        free -= room;
        asked += room;
        if (tour.begins()) {
            known = reasons;
        }
        return new Bite(request, known);
    }

    /** A claim was answered; its tasks are running already. */
    synchronized void answered(Bite bite, Claimed claimed) {
        giveBack(bite);
        free -= claimed.tasks().size();
        tour = claimed.tour();
        Set<UUID> sated = sated(bite.request(), claimed.tasks());
        limited = !sated.isEmpty() || (limited && asked > 0);
        if (claimed.more() || (ending == 0 && hasRoomAgain(sated))) {
            reasons++;
            known += tour.begins() ? 0 : 1;
        } else {
            satisfied = Math.max(satisfied, bite.reasons());
        }
    }

    /** A claim came to nothing. */
    synchronized void giveBack(Bite bite) {
        int room = bite.request().room();
        asked -= room;
        free += room;
    }

    /** The workspaces that have their whole share by this claim, and may have more waiting. */
    private static Set<UUID> sated(ClaimRequest request, List<ClaimedTask> tasks) {
        Map<UUID, Integer> held = new HashMap<>(request.busy());
        tasks.forEach(task -> held.merge(task.workspace(), 1, Integer::sum));
        held.values().removeIf(slots -> slots < request.share());
        return new HashSet<>(held.keySet());
    }

    /** Tasks may have ended and been settled while the claim was under way: nobody else would look for more of their workspace. */
    private boolean hasRoomAgain(Set<UUID> sated) {
        if (sated.isEmpty()) {
            return false;
        }
        Map<UUID, Integer> now = running.get();
        int share = settings.workspaceShare() - asked;
        return sated.stream().anyMatch(workspace -> now.getOrDefault(workspace, 0) < share);
    }

    /** A claim that is under way. */
    record Bite(ClaimRequest request, long reasons) {}
}

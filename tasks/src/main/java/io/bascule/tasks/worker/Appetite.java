package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.Floor;
import io.bascule.tasks.store.NamedClaim;
import io.bascule.tasks.store.Tour;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much a worker may claim, and whether it is worth asking. Every slot is free, ending (its handler has returned and its
 * settlement will be along, with a claim), asked for by a claim that is under way, or held by an attempt; so that claims
 * under way at the same time never take more together than there are free slots, nor more than a workspace's share. While
 * handlers return at once it claims ahead, at least a workspace's share once more: then as many tasks can be on their way to
 * and from the database as are in its hands. Safe for use by many threads.
 */
final class Appetite {

    /** How many handlers must have returned before their time says anything, and how many the average mostly consists of. */
    private static final int ENOUGH = 64;

    private static final int RECENT = 16;

    /** Of more workspaces it is cheaper to look who waits. */
    private static final int MOST_NAMED = 16;

    /** Unless a share is more. Beyond this many a round costs hardly less a task, and others wait longer for it to end. */
    private static final int MOST_AHEAD = 200;

    /** What lies before the floors of claims, because it came back or committed late, waits at most this long for being seen. */
    private static final Duration LOOK_AT_ALL = Duration.ofMillis(50);

    /** Between two claims for others. */
    private static final Duration LOOK_FOR_OTHERS = Duration.ofMillis(4);

    private final WorkerSettings settings;
    private final Supplier<Map<UUID, Integer>> running;
    private final IntSupplier waiting;
    private final LongSupplier nanos;

    /** Slots less what is held, asked for or ending; below zero by what was claimed ahead. */
    private int free;

    private int ending;
    private int asked;
    private Tour tour = Tour.behind(UUID.randomUUID());

    /** From the claims since the last one that looked at all that waits, which is not long ago. */
    private Map<UUID, Floor> floors = Map.of();

    private long lookedAtAll;

    /** Reasons to look so far; and how many of them were known to a claim that took all there was. */
    private long reasons = 1;

    private long satisfied;

    /** Whether there was a reason to look since the last claim for others began, and when that was. */
    private boolean hinted;

    private long lookedForOthers;

    /** Whose tasks hints have told of since the last look at those, or at all. */
    private final Set<UUID> named = new HashSet<>();

    /** While others may wait, too: they are looked for before the next such claim, however many are named meanwhile. */
    private boolean nibbledBeside;

    /** Reasons that were known when the lap began which the next claim goes on with. */
    private long known;

    /** A workspace had its whole share: more of it may wait, and can be claimed when one of its tasks ends. */
    private boolean limited;

    private int returned;
    private long meanNanos;

    /**
     * @param running how many attempts of each workspace are held at this moment
     * @param waiting how many of them wait for a slot
     */
    Appetite(WorkerSettings settings, Supplier<Map<UUID, Integer>> running, IntSupplier waiting) {
        this(settings, running, waiting, System::nanoTime);
    }

    Appetite(WorkerSettings settings, Supplier<Map<UUID, Integer>> running, IntSupplier waiting, LongSupplier nanos) {
        this.settings = settings;
        this.running = running;
        this.waiting = waiting;
        this.nanos = nanos;
        this.free = settings.concurrency();
        this.lookedAtAll = nanos.getAsLong();
        this.lookedForOthers = lookedAtAll - LOOK_FOR_OTHERS.toNanos();
    }

    /** There may be something to claim. */
    synchronized void hint() {
        reasons++;
        hinted = true;
    }

    /** There may be something to claim of these workspaces, as far as the hint knows. */
    synchronized void hint(Set<UUID> workspaces) {
        named.addAll(workspaces);
        if (named.size() > MOST_NAMED) {
            named.clear();
            hint();
        }
    }

    /** A slot is free at once. */
    synchronized void freed() {
        free++;
        endedInAQueue();
    }

    /** An end makes a place in its queue, which nobody else is told of. */
    private void endedInAQueue() {
        if (settings.lane() == Lane.QUEUED) {
            reasons++;
        }
    }

    /** A handler has returned after this long; the round that settles its task may claim another. */
    synchronized void ending(Duration ran) {
        ending++;
        endedInAQueue();
        returned++;
        long nanos = Math.min(ran.toNanos(), RECENT * settings.atOnce().toNanos());
        meanNanos += (nanos - meanNanos) / Math.min(returned, RECENT);
    }

    /** What was claimed ahead has waited too long for its slot: not again before handlers have shown that they return at once. */
    synchronized void aheadInVain() {
        returned = 0;
    }

    /** A share for each time that handlers return while one that takes as long as it may at most would: none waits longer. */
    private int ahead() {
        long atOnce = settings.atOnce().toNanos();
        if (atOnce == 0 || returned < ENOUGH || meanNanos > atOnce) {
            return 0;
        }
        int share = settings.workspaceShare();
        return Math.clamp(share * (atOnce / Math.max(1, meanNanos)), share, Math.max(share, MOST_AHEAD));
    }

    /** What waits for a slot does so because of its workspace's share: slots that are free are so for the others. */
    private int room() {
        return free + Math.max(ahead(), waiting.getAsInt());
    }

    /** Whether it is worth asking now. */
    synchronized boolean hungry() {
        return satisfied < reasons && hasRoom();
    }

    /** Whether it could take another task. */
    synchronized boolean hasRoom() {
        return room() > 0 && asked < settings.workspaceShare() + ahead();
    }

    /**
     * Whether ended tasks should be settled now. While more run whose places the next claim could fill as well they wait for
     * those, but not when they are half of all that a workspace can have here: then two rounds take turns, and while the one
     * is being written the other's tasks run.
     */
    synchronized boolean paysToSettle(int ended, int rounds) {
        int ahead = ahead();
        if (ahead > 0 && ended >= (settings.workspaceShare() + ahead) / 2) {
            return true;
        }
        boolean running = free + ending + asked < settings.concurrency();
        boolean growing = running && (satisfied < reasons || limited);
        return rounds == 0 && !growing;
    }

    /**
     * What to claim of the workspaces that hints have named, which costs less than to look who else waits: when nobody else is known
     * to, or while it claims ahead, beside or before one of its large rounds. Otherwise they are a reason to look as any other.
     */
    synchronized Optional<Nibble> nibble() {
        if (nibbledBeside && (hungry() || (hinted && paysToLookForOthers()))) {
            nibbledBeside = false;
            return Optional.empty();
        }
        boolean idle = satisfied >= reasons && hasRoom();
        boolean beside = !idle && ahead() > 0 && roomForOthers() > 0;
        if (named.isEmpty() || (!idle && !beside)) {
            reasons += named.isEmpty() ? 0 : 1;
            named.clear();
            return Optional.empty();
        }
        int most = idle ? room() : roomForOthers();
        Map<UUID, Integer> slots = slotsOfNamed(most, settings.workspaceShare() + (idle ? ahead() - asked : 0));
        reasons += slots.size() < named.size() ? 1 : 0;
        named.clear();
        if (slots.isEmpty()) {
            return Optional.empty();
        }
        int room = Math.min(
                most, slots.values().stream().mapToInt(Integer::intValue).sum());
        var nibble = Optional.of(new Nibble(new NamedClaim(settings.name(), settings.lease(), room, slots, tour)));
        free -= room;
        asked += room;
        nibbledBeside = beside;
        return nibble;
    }

    /** Equal parts; none for those that have their share. */
    private Map<UUID, Integer> slotsOfNamed(int room, int share) {
        Map<UUID, Integer> busy = running.get();
        int part = Math.ceilDiv(room, named.size());
        Map<UUID, Integer> slots = new HashMap<>();
        named.forEach(workspace -> slots.put(workspace, Math.min(part, share - busy.getOrDefault(workspace, 0))));
        slots.values().removeIf(number -> number <= 0);
        return slots;
    }

    /** A claim of named workspaces was answered; its tasks are running already. */
    synchronized void answered(Nibble nibble, Claimed claimed) {
        release(nibble.claim().room());
        free -= claimed.tasks().size();
        reasons += claimed.more() ? 1 : 0;
    }

    /** A claim of named workspaces came to nothing: whether they have tasks waiting is not known. */
    synchronized void giveBack(Nibble nibble) {
        release(nibble.claim().room());
        reasons++;
    }

    /** What to claim now, if it is worth asking. */
    synchronized Optional<Bite> bite() {
        if (hungry()) {
            hinted = false;
            int share = settings.workspaceShare() + ahead() - asked;
            return Optional.of(take(tour, room(), share));
        }
        return hinted && paysToLookForOthers() ? Optional.of(takeForOthers()) : Optional.empty();
    }

    /**
     * Rounds that claim ahead ask for all the room there is, and are large: who has just come would wait for one to end and for
     * another. The slots that no single workspace may have are claimed for at once, but not for every hint of a crowd.
     */
    private boolean paysToLookForOthers() {
        return ahead() > 0 && roomForOthers() > 0 && untilNextLook() <= 0;
    }

    private long untilNextLook() {
        return lookedForOthers + LOOK_FOR_OTHERS.toNanos() - nanos.getAsLong();
    }

    /** When a hint that came too soon after the last claim for others will be worth asking for, if there was one. */
    synchronized Optional<Duration> soon() {
        return hinted && ahead() > 0 && roomForOthers() > 0
                ? Optional.of(Duration.ofNanos(Math.max(0, untilNextLook())))
                : Optional.empty();
    }

    /**
     * However many such claims there are, what they take beyond all the room is no more than those slots: handlers may stall, and
     * what waits for a slot is no reason for more to wait.
     */
    private int roomForOthers() {
        int slots = settings.concurrency() - settings.workspaceShare();
        return Math.min(slots, free + ahead() + slots);
    }

    private Bite takeForOthers() {
        hinted = false;
        lookedForOthers = nanos.getAsLong();
        Bite bite = take(tour, roomForOthers(), settings.workspaceShare());
        return new Bite(bite.request(), bite.reasons(), true);
    }

    /**
     * What to claim along with settlements, if it is worth asking. Such a claim waits for nobody: settling has locked rows of
     * queues already, and two transactions that locked them twice in their order could wait for each other.
     */
    synchronized Optional<Bite> biteWithSettlements() {
        free += ending;
        ending = 0;
        boolean worthIt = (satisfied < reasons || limited) && hasRoom();
        int share = settings.workspaceShare() + ahead() - asked;
        return worthIt ? Optional.of(take(tour.impatient(), room(), share)) : Optional.empty();
    }

    private Bite take(Tour from, int room, int share) {
        var request = new ClaimRequest(
                settings.lane(),
                settings.name(),
                settings.lease(),
                room,
                share,
                running.get(),
                from,
                nanos.getAsLong() - lookedAtAll < LOOK_AT_ALL.toNanos() ? floors : Map.of());
        var bite = new Bite(request, tour.begins() ? reasons : known, false);
        known = bite.reasons();
        free -= room;
        asked += room;
        return bite;
    }

    /** A claim was answered; its tasks are running already. */
    synchronized void answered(Bite bite, Claimed claimed) {
        giveBack(bite);
        free -= claimed.tasks().size();
        tour = claimed.tour();
        if (!bite.forOthers()) {
            rememberFloors(bite, claimed);
        }
        Set<UUID> sated = sated(bite.request(), claimed.tasks());
        limited = !sated.isEmpty() || (limited && asked > 0);
        if (claimed.more() || (ending == 0 && hasRoomAgain(sated))) {
            reasons++;
            known += tour.begins() ? 0 : 1;
        } else {
            satisfied = Math.max(satisfied, bite.reasons());
        }
    }

    /** A claim for others has served only some of those who wait: it says nothing of where the others' tasks begin. */
    private void rememberFloors(Bite bite, Claimed claimed) {
        floors = claimed.floors();
        if (bite.request().floors().isEmpty()) {
            lookedAtAll = nanos.getAsLong();
        }
    }

    /** A claim came to nothing. */
    synchronized void giveBack(Bite bite) {
        release(bite.request().room());
    }

    private void release(int room) {
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
        int share = settings.workspaceShare() + ahead() - asked;
        return sated.stream().anyMatch(workspace -> now.getOrDefault(workspace, 0) < share);
    }

    /**
     * A claim that is under way.
     *
     * @param forOthers beside one for all the room, for who has just come
     */
    record Bite(ClaimRequest request, long reasons, boolean forOthers) {}

    /** A claim of named workspaces that is under way. */
    record Nibble(NamedClaim claim) {}
}

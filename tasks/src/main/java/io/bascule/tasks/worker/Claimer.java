package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.JdbcClaims;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims tasks whenever there is a free slot and a reason to look: a hint, the poll's time, or more than was taken last. */
final class Claimer {

    private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);
    private static final long LOOK_UP_MILLIS = 100;
    private static final long GATHERING_MILLIS = 1;

    private final WorkerSettings settings;
    private final JdbcClaims claims;
    private final Attempts attempts;
    private final Consumer<ClaimedTask> start;
    private final Semaphore slots;
    private final Bell bell = new Bell();
    private UUID after = UUID.randomUUID();
    private boolean away;
    private volatile boolean shareTaken;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    /** @param start takes a claimed task and later calls {@link #release()} once */
    Claimer(WorkerSettings settings, JdbcClaims claims, Attempts attempts, Consumer<ClaimedTask> start) {
        this.settings = settings;
        this.claims = claims;
        this.attempts = attempts;
        this.start = start;
        this.slots = new Semaphore(settings.concurrency());
    }

    void start() {
        thread = Thread.ofVirtual().name("task-claim-" + settings.lane().word()).start(this::run);
    }

    void wake() {
        bell.ring();
    }

    /** A slot is free again. */
    void release() {
        slots.release();
        if (shareTaken) {
            bell.ring();
        }
    }

    /** Returns when nothing more is claimed. A claim under way is let finish: what it took must not be forgotten. */
    void stop() throws InterruptedException {
        stopped = true;
        bell.ring();
        if (thread != null) {
            thread.join();
        }
    }

    private void run() {
        try {
            boolean more = false;
            while (!stopped) {
                int room = more || shareTaken ? gatheredRoom() : room();
                if (room > 0) {
                    more = claim(room);
                    if (!more) {
                        bell.await(settings.poll());
                    }
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** When more wait than there are slots, a moment's patience makes one claim of what would have been many small ones. */
    private int gatheredRoom() throws InterruptedException {
        int many = settings.concurrency() - settings.concurrency() / 4;
        return slots.tryAcquire(many, GATHERING_MILLIS, TimeUnit.MILLISECONDS) ? many + slots.drainPermits() : room();
    }

    private int room() throws InterruptedException {
        return slots.tryAcquire(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS) ? 1 + slots.drainPermits() : 0;
    }

    /** Whether it is worth claiming again at once. Slots that were not filled are given back. */
    private boolean claim(int room) {
        int taken = 0;
        try {
            Map<UUID, Integer> busy = attempts.byWorkspace();
            Claimed claimed = claims.claim(new ClaimRequest(
                    settings.lane(), settings.name(), settings.lease(), room, settings.workspaceShare(), busy, after));
            taken = claimed.tasks().size();
            after = claimed.after();
            Set<UUID> limited = limited(busy, claimed.tasks());
            shareTaken = !limited.isEmpty();
            claimed.tasks().forEach(start);
            back();
            return claimed.more() || hasRoomAgain(limited);
        } catch (RuntimeException failure) {
            gone(failure);
            return false;
        } finally {
            slots.release(room - taken);
        }
    }

    /** The workspaces that have their whole share by this claim, and may have more waiting. */
    private Set<UUID> limited(Map<UUID, Integer> busy, List<ClaimedTask> tasks) {
        Map<UUID, Integer> held = new HashMap<>(busy);
        tasks.forEach(task -> held.merge(task.workspace(), 1, Integer::sum));
        held.values().removeIf(slots -> slots < settings.workspaceShare());
        return held.keySet();
    }

    /** A task may have ended before {@link #release} knew that somebody waits for its slot: then no ring will come. */
    private boolean hasRoomAgain(Set<UUID> limited) {
        if (limited.isEmpty()) {
            return false;
        }
        Map<UUID, Integer> now = attempts.byWorkspace();
        return limited.stream().anyMatch(workspace -> now.getOrDefault(workspace, 0) < settings.workspaceShare());
    }

    private void gone(RuntimeException failure) {
        if (!away) {
            away = true;
            LOG.warn("claiming does not work; it is tried again every {}", settings.poll(), failure);
        }
    }

    private void back() {
        if (away) {
            away = false;
            LOG.info("claiming works again");
        }
    }
}

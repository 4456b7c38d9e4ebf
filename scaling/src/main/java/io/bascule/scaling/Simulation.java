package io.bascule.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * Replays a load against a policy, second by second. Metrics are scraped and decisions made every 15 seconds, each on what the
 * scrape before told, as in a cluster. A pod that goes loses no job: what it ran waits for another.
 */
public final class Simulation {

    /** Seconds between scrapes, and between decisions of the HPA. */
    public static final int INTERVAL = 15;

    /** A week. */
    public static final int MOST_SECONDS = 7 * 24 * 3600;

    private final Policy policy;
    private final Work work;

    public Simulation(Policy policy, Work work) {
        this.policy = policy;
        this.work = work;
    }

    /** From the policy's fewest pods, all of them working, for 1 second to a week. */
    public Course run(Load load, int seconds) {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new IllegalArgumentException("%d s (expected: 1 to %d)".formatted(seconds, MOST_SECONDS));
        }
        var autoscaler = new Autoscaler(policy.pods(), policy.pace());
        var fleet = new Fleet(policy.pods().min(), work.startSeconds());
        List<Moment> moments = new ArrayList<>(seconds);
        double inside = 0;
        for (int second = 0; second < seconds; second++) {
            if (second >= INTERVAL && second % INTERVAL == 0) {
                decide(autoscaler, fleet, second, moments.get(second - INTERVAL));
            }
            int ready = fleet.ready(second);
            double arrivals = load.at(second);
            inside += arrivals;
            double busy = Math.min(inside, slots(ready));
            double ended = isLong() ? busy / work.jobSeconds() : Math.min(inside, work.perSecond(ready));
            double running = isLong() ? busy : ended * work.jobSeconds();
            inside -= ended;
            double waiting = Math.max(0, inside - slots(ready));
            moments.add(new Moment(second, arrivals, waiting, running, work.slots(), fleet.pods(), ready));
        }
        return new Course(moments, work);
    }

    private void decide(Autoscaler autoscaler, Fleet fleet, int now, Moment seen) {
        List<Reading> readings =
                policy.signals().stream().map(signal -> signal.read(seen)).toList();
        Decision decision = autoscaler.decide(now, fleet.pods(), Math.max(1, fleet.ready(now)), readings);
        fleet.scale(decision.pods(), now);
    }

    private double slots(int ready) {
        return (double) ready * work.slots();
    }

    /** A long job ends bit by bit, second by second; of short ones a slot ends several in a second. */
    private boolean isLong() {
        return work.jobSeconds() >= 1;
    }
}

package io.bascule.bridge.pairing;

import io.bascule.bridge.pairing.Occurrence.AgentMissing;
import io.bascule.bridge.pairing.Occurrence.AgentRefusing;
import io.bascule.bridge.pairing.Occurrence.Attaching;
import io.bascule.bridge.pairing.Occurrence.Leaving;
import io.bascule.bridge.pairing.Pairing.AwaitingAgent;
import io.bascule.bridge.pairing.Pairing.AwaitingReturn;
import io.bascule.bridge.pairing.Pairing.Departing;
import io.bascule.bridge.pairing.Pairing.Ended;
import io.bascule.bridge.pairing.Pairing.Overlapping;
import io.bascule.bridge.pairing.Pairing.Paired;
import io.bascule.bridge.pairing.Pairing.Single;
import io.bascule.bridge.pairing.Pairing.Unseen;
import io.bascule.bridge.pairing.Step.Close;
import io.bascule.bridge.pairing.Step.Left;
import io.bascule.bridge.pairing.Step.Replace;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an occurrence means for two pairings of one tunnel that overlap. What becomes of one is nothing to the other: the
 * tunnel is over, or has left, when no leg of either is of use any more.
 */
record Overlap(PairingRules rules, Overlapping both) {

    Decision decide(Occurrence occurrence, Instant now) {
        return switch (occurrence) {
            case Attaching attaching when attaching.role() == EndRole.CLIENT -> attachClient(attaching, now);
            case Attaching _, AgentMissing _ -> later(occurrence, now);
            case AgentRefusing(long epoch, var _, String text) -> later(new AgentMissing(epoch, text), now);
            case Leaving(LegId leg) -> ofLeg(leg, occurrence, now);
            case Occurrence.Moving(LegId leg) -> ofLeg(leg, occurrence, now);
            case Occurrence.Breaking(LegId leg) -> ofLeg(leg, occurrence, now);
            case Occurrence.TimePassing _ -> pass(occurrence, now);
            case Occurrence.Abandoning _, Occurrence.Resetting _ -> rules.decideOne(both, occurrence, now);
        };
    }

    /** Of what there is, that is kept which the ends may still use. */
    private Decision attachClient(Attaching attaching, Instant now) {
        Single kept = both.later() instanceof AwaitingAgent ? both.earlier() : both.later();
        if (attaching.epoch() <= both.epoch() || kept.legs().isEmpty() || !rules.mayOverlap(both.later(), attaching)) {
            return rules.decideOne(both, attaching, now);
        }
        List<Step> steps = new ArrayList<>();
        both.legs().stream().filter(leg -> !kept.legs().contains(leg)).forEach(leg -> steps.add(new Replace(leg)));
        steps.add(new Step.CallAgent(attaching.epoch(), attaching.again()));
        return new Decision(new Overlapping(kept, rules.awaiting(attaching, now), both.over()), steps);
    }

    private Decision ofLeg(LegId leg, Occurrence occurrence, Instant now) {
        return both.later().legs().contains(leg) ? later(occurrence, now) : earlier(occurrence, now);
    }

    private Decision pass(Occurrence time, Instant now) {
        Decision first = earlier(time, now);
        if (!(first.next() instanceof Overlapping rest)) {
            return first;
        }
        Decision second = new Overlap(rules, rest).later(time, now);
        List<Step> steps = new ArrayList<>(first.steps());
        steps.addAll(second.steps());
        return new Decision(second.next(), steps);
    }

    private Decision earlier(Occurrence occurrence, Instant now) {
        Decision decision = rules.decideOne(both.earlier(), occurrence, now);
        Single next = decision.next().newest();
        List<Step> steps = withoutAccount(decision);
        if (!next.legs().isEmpty()) {
            return new Decision(new Overlapping(next, both.later(), both.over()), steps);
        }
        if (!both.over() && !(occurrence instanceof Leaving)) {
            return new Decision(both.later(), steps);
        }
        if (both.later() instanceof AwaitingAgent(long epoch, LegId client, var _, var _)) {
            steps.add(new Replace(client));
            steps.add(finished(epoch));
            return new Decision(new Ended(epoch), steps);
        }
        return new Decision(new Overlapping(next, both.later(), true), steps);
    }

    private Decision later(Occurrence occurrence, Instant now) {
        Decision decision = rules.decideOne(both.later(), occurrence, now);
        Single next = decision.next().newest();
        if (!next.legs().isEmpty()) {
            return new Decision(new Overlapping(both.earlier(), next, both.over()), decision.steps());
        }
        boolean closes = decision.steps().stream().anyMatch(Close.class::isInstance);
        if (!closes && !both.over()) {
            return new Decision(renumbered(both.earlier(), next.epoch()), withoutAccount(decision));
        }
        List<Step> steps = closes ? new ArrayList<>() : withoutAccount(decision);
        both.earlier().legs().forEach(leg -> steps.add(new Replace(leg)));
        steps.addAll(closes ? decision.steps() : List.of(finished(next.epoch())));
        return new Decision(next, steps);
    }

    private static List<Step> withoutAccount(Decision decision) {
        return new ArrayList<>(decision.steps().stream()
                .filter(step -> !(step instanceof Close || step instanceof Left))
                .toList());
    }

    private static Close finished(long epoch) {
        return new Close(epoch, ResetCode.CLOSED, "finished");
    }

    /** The pairing that is used on, with the highest epoch that was seen. */
    private static Single renumbered(Single pairing, long epoch) {
        return switch (pairing) {
            case Paired(var _, LegId client, LegId agent) -> new Paired(epoch, client, agent);
            case Departing(var _, EndRole left, LegId leaving, LegId remaining, Instant until) ->
                new Departing(epoch, left, leaving, remaining, until);
            case AwaitingReturn(var _, EndRole lost, LegId remaining, Instant until) ->
                new AwaitingReturn(epoch, lost, remaining, until);
            case AwaitingAgent(var _, LegId client, boolean again, Instant until) ->
                new AwaitingAgent(epoch, client, again, until);
            case Unseen _, Ended _ -> new Ended(epoch);
        };
    }
}

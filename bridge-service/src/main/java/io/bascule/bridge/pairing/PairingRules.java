package io.bascule.bridge.pairing;

import io.bascule.bridge.pairing.Occurrence.Abandoning;
import io.bascule.bridge.pairing.Occurrence.AgentMissing;
import io.bascule.bridge.pairing.Occurrence.AgentRefusing;
import io.bascule.bridge.pairing.Occurrence.Attaching;
import io.bascule.bridge.pairing.Occurrence.Breaking;
import io.bascule.bridge.pairing.Occurrence.Leaving;
import io.bascule.bridge.pairing.Occurrence.Moving;
import io.bascule.bridge.pairing.Occurrence.Resetting;
import io.bascule.bridge.pairing.Occurrence.TimePassing;
import io.bascule.bridge.pairing.Pairing.AwaitingAgent;
import io.bascule.bridge.pairing.Pairing.AwaitingReturn;
import io.bascule.bridge.pairing.Pairing.Departing;
import io.bascule.bridge.pairing.Pairing.Ended;
import io.bascule.bridge.pairing.Pairing.Overlapping;
import io.bascule.bridge.pairing.Pairing.Paired;
import io.bascule.bridge.pairing.Pairing.Single;
import io.bascule.bridge.pairing.Pairing.Unseen;
import io.bascule.bridge.pairing.Step.CallAgent;
import io.bascule.bridge.pairing.Step.Close;
import io.bascule.bridge.pairing.Step.Connect;
import io.bascule.bridge.pairing.Step.EndAfterDelivery;
import io.bascule.bridge.pairing.Step.Left;
import io.bascule.bridge.pairing.Step.Refuse;
import io.bascule.bridge.pairing.Step.Replace;
import io.bascule.bridge.pairing.Step.Reset;
import io.bascule.bridge.pairing.Step.TellPeerLost;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what an occurrence means for a tunnel. Holds no state and changes none: the same question has the same answer.
 *
 * @param agentWait how long a client waits for the agent
 * @param hold how long one end waits for the other's return
 */
public record PairingRules(Duration agentWait, Duration hold) {

    private static final String ELSEWHERE = "it may go on over another bridge";

    public Decision decide(Pairing state, Occurrence occurrence, Instant now) {
        return state instanceof Overlapping both
                ? new Overlap(this, both).decide(occurrence, now)
                : decideOne(state, occurrence, now);
    }

    /** Of two that overlap it ends both or replaces both, and knows nothing else of them. */
    Decision decideOne(Pairing state, Occurrence occurrence, Instant now) {
        return switch (occurrence) {
            case Attaching attaching -> attach(state, attaching, now);
            case AgentRefusing(long epoch, ResetCode code, String text) ->
                state instanceof AwaitingAgent waiting && waiting.epoch() == epoch
                        ? end(state, code, text)
                        : Decision.of(state);
            case AgentMissing(long epoch, String text) -> miss(state, epoch, text);
            case Leaving(LegId leg) -> state.legs().contains(leg) ? leave(state, leg) : Decision.of(state);
            case Moving(LegId leg) -> state.legs().contains(leg) ? move(state, leg, now) : Decision.of(state);
            case Breaking(LegId leg) -> state.legs().contains(leg) ? lose(state, leg, now) : Decision.of(state);
            case Abandoning(String text) -> abandon(state, text);
            case Resetting(ResetCode code, String text) -> end(state, code, text);
            case TimePassing() -> expire(state, now);
        };
    }

    private Decision attach(Pairing state, Attaching attaching, Instant now) {
        return switch (attaching.role()) {
            case CLIENT -> attachClient(state, attaching, now);
            case AGENT -> attachAgent(state, attaching);
        };
    }

    private Decision attachClient(Pairing state, Attaching attaching, Instant now) {
        if (attaching.epoch() <= state.epoch()) {
            return stale(state, attaching);
        }
        CallAgent call = new CallAgent(attaching.epoch(), attaching.again());
        AwaitingAgent next = awaiting(attaching, now);
        if (state instanceof Paired paired && mayOverlap(paired, attaching)) {
            return Decision.of(new Overlapping(paired, next, false), call);
        }
        List<Step> steps = new ArrayList<>();
        state.legs().forEach(leg -> steps.add(new Replace(leg)));
        steps.add(call);
        return new Decision(next, steps);
    }

    /** Whether what a client leaves behind here may be of use to it until it has been paired anew. */
    boolean mayOverlap(Single newest, Attaching attaching) {
        return attaching.again() && (newest instanceof Paired || newest instanceof AwaitingAgent);
    }

    AwaitingAgent awaiting(Attaching attaching, Instant now) {
        return new AwaitingAgent(
                attaching.epoch(), attaching.leg(), attaching.again(), now.plus(waitFor(attaching.again())));
    }

    private static Decision attachAgent(Pairing state, Attaching attaching) {
        if (state instanceof AwaitingAgent(long epoch, LegId client, var _, var _) && epoch == attaching.epoch()) {
            return Decision.of(new Paired(epoch, client, attaching.leg()), new Connect(epoch, client, attaching.leg()));
        }
        if (attaching.epoch() <= state.epoch()) {
            return stale(state, attaching);
        }
        return Decision.of(
                state, new Refuse(attaching.leg(), AttachStatus.NOT_FOUND, "no client waits here with this epoch"));
    }

    private static Decision stale(Pairing state, Attaching attaching) {
        String text = "epoch " + attaching.epoch() + " (expected: > " + state.epoch() + ")";
        return Decision.of(state, new Refuse(attaching.leg(), AttachStatus.STALE_EPOCH, text));
    }

    /** A client that has been paired before may find its agent on another bridge; a new one would wait in vain. */
    private static Decision miss(Pairing state, long epoch, String text) {
        if (!(state instanceof AwaitingAgent waiting) || waiting.epoch() != epoch) {
            return Decision.of(state);
        }
        return waiting.again()
                ? Decision.of(
                        new Ended(epoch), new Refuse(waiting.client(), AttachStatus.BUSY, text), new Left(epoch, text))
                : end(state, ResetCode.AGENT_NOT_CONNECTED, text);
    }

    private static Decision leave(Pairing state, LegId leg) {
        if (state instanceof Departing departing) {
            return leg.equals(departing.leaving()) ? Decision.of(state) : bothDeparted(departing);
        }
        Close close = new Close(state.epoch(), ResetCode.CLOSED, "finished");
        return state instanceof Paired paired
                ? Decision.of(new Ended(state.epoch()), new EndAfterDelivery(paired.otherThan(leg)), close)
                : Decision.of(new Ended(state.epoch()), close);
    }

    /** An end goes on elsewhere: what is under way reaches both all the same. */
    private Decision move(Pairing state, LegId leg, Instant now) {
        return switch (state) {
            case Paired paired -> {
                LegId remaining = paired.otherThan(leg);
                yield Decision.of(
                        new Departing(paired.epoch(), paired.roleOf(leg), leg, remaining, now.plus(hold)),
                        new Step.Depart(leg, remaining));
            }
            case Departing departing -> leg.equals(departing.leaving()) ? Decision.of(state) : bothDeparted(departing);
            case AwaitingAgent _, AwaitingReturn _ -> {
                Decision lost = lose(state, leg, now);
                List<Step> steps = new ArrayList<>(lost.steps());
                steps.addFirst(new Step.Release(leg));
                yield new Decision(lost.next(), steps);
            }
            case Unseen _, Ended _, Overlapping _ -> Decision.of(state);
        };
    }

    private static Decision bothDeparted(Departing departing) {
        return Decision.of(
                new Ended(departing.epoch()),
                new Step.EndBothAfterDelivery(departing.leaving(), departing.remaining()),
                new Left(departing.epoch(), ELSEWHERE));
    }

    private static Decision abandon(Pairing state, String text) {
        List<LegId> legs = state.legs();
        if (legs.isEmpty()) {
            return Decision.of(state);
        }
        List<Step> steps = new ArrayList<>();
        legs.forEach(leg -> steps.add(new Step.LetGo(leg)));
        steps.add(new Left(state.epoch(), text));
        return new Decision(new Ended(state.epoch()), steps);
    }

    private Decision lose(Pairing state, LegId leg, Instant now) {
        return switch (state) {
            case Departing departing ->
                leg.equals(departing.leaving())
                        ? Decision.of(new AwaitingReturn(
                                departing.epoch(), departing.left(), departing.remaining(), departing.until()))
                        : bothDeparted(departing);
            case Paired paired ->
                Decision.of(
                        new AwaitingReturn(paired.epoch(), paired.roleOf(leg), paired.otherThan(leg), now.plus(hold)),
                        new TellPeerLost(paired.otherThan(leg)));
            case AwaitingAgent waiting ->
                waiting.again()
                        ? ended(waiting, new Left(waiting.epoch(), "the client went elsewhere"))
                        : ended(
                                waiting,
                                new Close(waiting.epoch(), ResetCode.CLOSED, "the client left before the agent came"));
            case AwaitingReturn held -> ended(held, new Left(held.epoch(), ELSEWHERE));
            case Unseen _, Ended _, Overlapping _ -> Decision.of(state);
        };
    }

    private Decision expire(Pairing state, Instant now) {
        return switch (state) {
            case AwaitingAgent(long epoch, var _, boolean again, Instant until)
            when !now.isBefore(until) ->
                miss(
                        state,
                        epoch,
                        "the agent did not come within " + waitFor(again).toSeconds() + " s");
            case Departing departing when !now.isBefore(departing.until()) -> bothDeparted(departing);
            case AwaitingReturn(var _, EndRole lost, var _, Instant until)
            when !now.isBefore(until) -> end(state, ResetCode.DETACHED_TOO_LONG, lostText(lost));
            case AwaitingAgent _, AwaitingReturn _, Departing _, Unseen _, Paired _, Ended _, Overlapping _ ->
                Decision.of(state);
        };
    }

    private String lostText(EndRole lost) {
        String who = lost == EndRole.CLIENT ? "client" : "agent";
        return "the " + who + " end lost its connection and did not come back within " + hold.toSeconds() + " s";
    }

    /** A client that has other bridges to go to is sent on sooner. */
    private Duration waitFor(boolean again) {
        return again ? agentWait.dividedBy(2) : agentWait;
    }

    private static Decision end(Pairing state, ResetCode code, String text) {
        List<LegId> legs = state.legs();
        if (legs.isEmpty()) {
            return Decision.of(state);
        }
        List<Step> steps = new ArrayList<>();
        legs.forEach(leg -> steps.add(new Reset(leg, code, text)));
        steps.add(new Close(state.epoch(), code, text));
        return new Decision(new Ended(state.epoch()), steps);
    }

    private static Decision ended(Pairing state, Step step) {
        return Decision.of(new Ended(state.epoch()), step);
    }
}

package io.bascule.bridge.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.pairing.Occurrence.AgentMissing;
import io.bascule.bridge.pairing.Occurrence.AgentRefusing;
import io.bascule.bridge.pairing.Occurrence.Attaching;
import io.bascule.bridge.pairing.Occurrence.Breaking;
import io.bascule.bridge.pairing.Occurrence.Leaving;
import io.bascule.bridge.pairing.Occurrence.Moving;
import io.bascule.bridge.pairing.Occurrence.Resetting;
import io.bascule.bridge.pairing.Occurrence.TimePassing;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairingRulesTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final LegId CLIENT = new LegId(1);
    private static final LegId AGENT = new LegId(2);
    private static final LegId SECOND_CLIENT = new LegId(3);

    private final PairingRules rules = new PairingRules(Duration.ofSeconds(10), Duration.ofSeconds(30));
    private Pairing state = new Pairing.Unseen();
    private Instant now = NOON;

    @Test
    void theFirstClientHasTheAgentCalled() {
        assertThat(after(attaching(EndRole.CLIENT, CLIENT, 1))).containsExactly(new Step.CallAgent(1, false));
        assertThat(state).isEqualTo(new Pairing.AwaitingAgent(1, CLIENT, false, NOON.plusSeconds(10)));
    }

    @Test
    void theAgentCompletesThePairing() {
        waiting();

        assertThat(after(attaching(EndRole.AGENT, AGENT, 1))).containsExactly(new Step.Connect(1, CLIENT, AGENT));
        assertThat(state).isEqualTo(new Pairing.Paired(1, CLIENT, AGENT));
    }

    @Test
    void anAgentWithoutAClientIsNotFound() {
        assertThat(refusalOf(attaching(EndRole.AGENT, AGENT, 1))).isEqualTo(AttachStatus.NOT_FOUND);
        assertThat(state).isEqualTo(new Pairing.Unseen());
    }

    @Test
    void theSameEpochIsStaleForASecondClient() {
        waiting();

        assertThat(refusalOf(attaching(EndRole.CLIENT, SECOND_CLIENT, 1))).isEqualTo(AttachStatus.STALE_EPOCH);
        assertThat(state.epoch()).isEqualTo(1);
    }

    @Test
    void theSameEpochIsStaleForASecondAgent() {
        paired();

        assertThat(refusalOf(attaching(EndRole.AGENT, new LegId(9), 1))).isEqualTo(AttachStatus.STALE_EPOCH);
        assertThat(state).isEqualTo(new Pairing.Paired(1, CLIENT, AGENT));
    }

    @Test
    void aHigherEpochReplacesBothLegs() {
        paired();

        assertThat(after(attaching(EndRole.CLIENT, SECOND_CLIENT, 2)))
                .containsExactly(new Step.Replace(CLIENT), new Step.Replace(AGENT), new Step.CallAgent(2, false));
        assertThat(after(attaching(EndRole.AGENT, new LegId(4), 2)))
                .containsExactly(new Step.Connect(2, SECOND_CLIENT, new LegId(4)));
    }

    @Test
    void whatHappensToAReplacedLegChangesNothing() {
        paired();
        after(attaching(EndRole.CLIENT, SECOND_CLIENT, 2));
        Pairing before = state;

        assertThat(after(new Breaking(CLIENT))).isEmpty();
        assertThat(after(new Leaving(AGENT))).isEmpty();
        assertThat(state).isEqualTo(before);
    }

    @Test
    void anAgentOfALowerEpochIsStale() {
        paired();
        after(attaching(EndRole.CLIENT, SECOND_CLIENT, 2));

        assertThat(refusalOf(attaching(EndRole.AGENT, new LegId(4), 1))).isEqualTo(AttachStatus.STALE_EPOCH);
    }

    @Test
    void aRefusalOfTheAgentReachesTheClient() {
        waiting();

        assertThat(after(new AgentRefusing(1, ResetCode.TARGET_REFUSED, "nobody listens")))
                .containsExactly(
                        new Step.Reset(CLIENT, ResetCode.TARGET_REFUSED, "nobody listens"),
                        new Step.Close(1, ResetCode.TARGET_REFUSED, "nobody listens"));
        assertThat(state).isEqualTo(new Pairing.Ended(1));
    }

    @Test
    void aLateRefusalOfAnOlderEpochChangesNothing() {
        waiting();
        after(attaching(EndRole.CLIENT, SECOND_CLIENT, 2));

        assertThat(after(new AgentRefusing(1, ResetCode.TARGET_REFUSED, "late")))
                .isEmpty();
        assertThat(state).isInstanceOf(Pairing.AwaitingAgent.class);
    }

    @Test
    void anAgentThatDoesNotComeEndsTheWaitAfterTenSeconds() {
        waiting();

        now = NOON.plusSeconds(9);
        assertThat(after(new TimePassing())).isEmpty();
        now = NOON.plusSeconds(10);
        assertThat(after(new TimePassing()).getFirst()).isInstanceOfSatisfying(Step.Reset.class, reset -> {
            assertThat(reset.leg()).isEqualTo(CLIENT);
            assertThat(reset.code()).isEqualTo(ResetCode.AGENT_NOT_CONNECTED);
        });
    }

    @Test
    void aMissingAgentEndsANewTunnelAndSendsAnOlderOneElsewhere() {
        waiting();
        assertThat(after(new AgentMissing(1, "not here")))
                .containsExactly(
                        new Step.Reset(CLIENT, ResetCode.AGENT_NOT_CONNECTED, "not here"),
                        new Step.Close(1, ResetCode.AGENT_NOT_CONNECTED, "not here"));

        assertThat(after(again(2))).containsExactly(new Step.CallAgent(2, true));
        assertThat(after(new AgentMissing(1, "late"))).isEmpty();
        assertThat(after(new AgentMissing(2, "not here")))
                .containsExactly(
                        new Step.Refuse(SECOND_CLIENT, AttachStatus.BUSY, "not here"), new Step.Left(2, "not here"));
        assertThat(after(again(3))).containsExactly(new Step.CallAgent(3, true));
    }

    @Test
    void aClientThatComesAgainWaitsHalfAsLongAndIsSentOn() {
        after(again(2));

        now = NOON.plusSeconds(5);
        assertThat(after(new TimePassing()).getFirst())
                .isEqualTo(new Step.Refuse(SECOND_CLIENT, AttachStatus.BUSY, "the agent did not come within 5 s"));
    }

    private static Attaching again(long epoch) {
        return new Attaching(EndRole.CLIENT, SECOND_CLIENT, epoch, true);
    }

    @Test
    void theOtherEndIsToldOfABrokenLegAndHeld() {
        paired();

        assertThat(after(new Breaking(AGENT))).containsExactly(new Step.TellPeerLost(CLIENT));
        assertThat(state).isEqualTo(new Pairing.AwaitingReturn(1, EndRole.AGENT, CLIENT, NOON.plusSeconds(30)));
        now = NOON.plusSeconds(29);
        assertThat(after(new TimePassing())).isEmpty();
        now = NOON.plusSeconds(30);
        assertThat(after(new TimePassing()))
                .extracting(Step::getClass)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly(Step.Reset.class, Step.Close.class);
    }

    @Test
    void aClientComesBackDuringTheHoldWithAHigherEpoch() {
        paired();
        after(new Breaking(CLIENT));

        assertThat(after(attaching(EndRole.CLIENT, SECOND_CLIENT, 2)))
                .containsExactly(new Step.Replace(AGENT), new Step.CallAgent(2, false));
    }

    @Test
    void anEndThatMovesStillGetsWhatTheOtherSendsUntilThatOneHasMovedToo() {
        paired();

        assertThat(after(new Moving(CLIENT))).containsExactly(new Step.Depart(CLIENT, AGENT));
        assertThat(after(new Leaving(CLIENT))).isEmpty();
        assertThat(after(new Moving(AGENT)))
                .containsExactly(
                        new Step.EndBothAfterDelivery(CLIENT, AGENT),
                        new Step.Left(1, "it may go on over another bridge"));
        assertThat(state).isEqualTo(new Pairing.Ended(1));
    }

    @Test
    void aLegThatBreaksWhileItsEndMovesChangesNothingForTheOther() {
        paired();
        after(new Moving(CLIENT));

        assertThat(after(new Breaking(CLIENT))).isEmpty();
        assertThat(after(new Moving(AGENT)))
                .containsExactly(new Step.Release(AGENT), new Step.Left(1, "it may go on over another bridge"));
    }

    @Test
    void anEndThatDoesNotFollowIsLetGoAfterTheHold() {
        paired();
        after(new Moving(AGENT));

        now = NOON.plusSeconds(30);
        assertThat(after(new TimePassing()))
                .containsExactly(
                        new Step.EndBothAfterDelivery(AGENT, CLIENT),
                        new Step.Left(1, "it may go on over another bridge"));
    }

    @Test
    void aTunnelThatIsLetGoLosesItsLegsAndIsNotEnded() {
        paired();

        assertThat(after(new Occurrence.Abandoning("stopped")))
                .containsExactly(new Step.LetGo(CLIENT), new Step.LetGo(AGENT), new Step.Left(1, "stopped"));
        assertThat(after(new Occurrence.Abandoning("stopped"))).isEmpty();
    }

    @Test
    void bothLegsBrokenIsNoEndEither() {
        paired();
        after(new Breaking(CLIENT));

        assertThat(after(new Breaking(AGENT))).containsExactly(new Step.Left(1, "it may go on over another bridge"));
    }

    @Test
    void anOrderlyEndLetsTheOtherLegFinish() {
        paired();

        assertThat(after(new Leaving(CLIENT)))
                .containsExactly(new Step.EndAfterDelivery(AGENT), new Step.Close(1, ResetCode.CLOSED, "finished"));
        assertThat(state).isEqualTo(new Pairing.Ended(1));
        assertThat(after(new Leaving(AGENT))).isEmpty();
    }

    @Test
    void aResetReachesEveryLegOnceAndATunnelClosesOnce() {
        paired();
        Resetting revoked = new Resetting(ResetCode.REVOKED, "revoked");

        assertThat(after(revoked))
                .containsExactly(
                        new Step.Reset(CLIENT, ResetCode.REVOKED, "revoked"),
                        new Step.Reset(AGENT, ResetCode.REVOKED, "revoked"),
                        new Step.Close(1, ResetCode.REVOKED, "revoked"));
        assertThat(after(revoked)).isEmpty();
    }

    @Test
    void anEndedTunnelRemembersItsEpoch() {
        paired();
        after(new Leaving(CLIENT));

        assertThat(refusalOf(attaching(EndRole.CLIENT, SECOND_CLIENT, 1))).isEqualTo(AttachStatus.STALE_EPOCH);
    }

    private void waiting() {
        after(attaching(EndRole.CLIENT, CLIENT, 1));
    }

    private void paired() {
        waiting();
        after(attaching(EndRole.AGENT, AGENT, 1));
    }

    private static Attaching attaching(EndRole role, LegId leg, long epoch) {
        return new Attaching(role, leg, epoch, false);
    }

    private AttachStatus refusalOf(Attaching attaching) {
        return after(attaching).stream()
                .map(Step.Refuse.class::cast)
                .peek(refuse -> assertThat(refuse.leg()).isEqualTo(attaching.leg()))
                .map(Step.Refuse::status)
                .findFirst()
                .orElseThrow();
    }

    private List<Step> after(Occurrence occurrence) {
        Decision decision = rules.decide(state, occurrence, now);
        state = decision.next();
        return decision.steps();
    }
}

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
import io.bascule.bridge.pairing.Pairing.Ended;
import io.bascule.bridge.pairing.Pairing.Paired;
import io.bascule.bridge.pairing.Step.CallAgent;
import io.bascule.bridge.pairing.Step.Close;
import io.bascule.bridge.pairing.Step.Connect;
import io.bascule.bridge.pairing.Step.Depart;
import io.bascule.bridge.pairing.Step.EndAfterDelivery;
import io.bascule.bridge.pairing.Step.EndBothAfterDelivery;
import io.bascule.bridge.pairing.Step.Left;
import io.bascule.bridge.pairing.Step.Refuse;
import io.bascule.bridge.pairing.Step.Replace;
import io.bascule.bridge.pairing.Step.TellPeerLost;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tunnel whose ends come anew to the bridge that they are on. */
class OverlapTests {

    private static final LegId CLIENT = new LegId(1);
    private static final LegId AGENT = new LegId(2);
    private static final LegId SECOND_CLIENT = new LegId(3);
    private static final LegId SECOND_AGENT = new LegId(4);
    private static final LegId THIRD_CLIENT = new LegId(5);
    private static final Close FINISHED = new Close(2, ResetCode.CLOSED, "finished");

    private final PairingRules rules = new PairingRules(Duration.ofSeconds(10), Duration.ofSeconds(30));
    private Pairing state = new Pairing.Unseen();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @BeforeEach
    void paired() {
        after(new Attaching(EndRole.CLIENT, CLIENT, 1, false));
        after(new Attaching(EndRole.AGENT, AGENT, 1, false));
    }

    @Test
    void whatThereIsGoesOnUntilBothEndsHaveLeftIt() {
        assertThat(after(client(SECOND_CLIENT, 2))).containsExactly(new CallAgent(2, true));
        assertThat(after(agent(SECOND_AGENT, 2))).containsExactly(new Connect(2, SECOND_CLIENT, SECOND_AGENT));
        assertThat(after(new Moving(CLIENT))).containsExactly(new Depart(CLIENT, AGENT));
        assertThat(after(new Moving(AGENT))).containsExactly(new EndBothAfterDelivery(CLIENT, AGENT));

        assertThat(state).isEqualTo(new Paired(2, SECOND_CLIENT, SECOND_AGENT));
    }

    @Test
    void aLegOfTheEarlierPairingThatBreaksIsNothingToTheLater() {
        bothCameAnew();

        assertThat(after(new Breaking(CLIENT))).containsExactly(new TellPeerLost(AGENT));
        assertThat(after(new Moving(AGENT))).containsExactly(new Step.Release(AGENT));

        assertThat(state).isEqualTo(new Paired(2, SECOND_CLIENT, SECOND_AGENT));
    }

    @Test
    void aLaterPairingThatComesToNothingLeavesTheEarlierAsItIs() {
        after(client(SECOND_CLIENT, 2));

        assertThat(after(new AgentMissing(2, "not here")))
                .containsExactly(new Refuse(SECOND_CLIENT, AttachStatus.BUSY, "not here"));

        assertThat(state).isEqualTo(new Paired(2, CLIENT, AGENT));
        assertThat(after(client(THIRD_CLIENT, 2))).first().isInstanceOf(Refuse.class);
        assertThat(after(client(THIRD_CLIENT, 3))).containsExactly(new CallAgent(3, true));
    }

    @Test
    void anAgentThatRefusesToComeAnewEndsNothing() {
        after(client(SECOND_CLIENT, 2));

        assertThat(after(new AgentRefusing(2, ResetCode.INTERNAL_ERROR, "no")))
                .containsExactly(new Refuse(SECOND_CLIENT, AttachStatus.BUSY, "no"));
        assertThat(state).isEqualTo(new Paired(2, CLIENT, AGENT));
    }

    @Test
    void anAgentThatDoesNotComeAnewIsNotWaitedForLong() {
        after(client(SECOND_CLIENT, 2));

        now = now.plusSeconds(5);
        assertThat(after(new TimePassing())).singleElement().isInstanceOf(Refuse.class);
        assertThat(state).isEqualTo(new Paired(2, CLIENT, AGENT));
    }

    @Test
    void aClientThatGivesItsAttemptUpStaysWhereItIs() {
        after(client(SECOND_CLIENT, 2));

        assertThat(after(new Moving(SECOND_CLIENT))).containsExactly(new Step.Release(SECOND_CLIENT));
        assertThat(state).isEqualTo(new Paired(2, CLIENT, AGENT));
    }

    @Test
    void aThirdComingEndsTheEarliestAndOneThatOnlyWaitedMakesWay() {
        after(client(SECOND_CLIENT, 2));
        assertThat(after(client(THIRD_CLIENT, 3))).containsExactly(new Replace(SECOND_CLIENT), new CallAgent(3, true));
        after(agent(SECOND_AGENT, 3));

        assertThat(after(client(new LegId(9), 4)))
                .containsExactly(new Replace(CLIENT), new Replace(AGENT), new CallAgent(4, true));
        assertThat(state.legs()).containsExactly(THIRD_CLIENT, SECOND_AGENT, new LegId(9));
    }

    @Test
    void aTunnelThatIsOverAtTheLaterPairingIsOver() {
        bothCameAnew();
        after(new Moving(CLIENT));

        assertThat(after(new Leaving(SECOND_CLIENT)))
                .containsExactly(new Replace(CLIENT), new Replace(AGENT), new EndAfterDelivery(SECOND_AGENT), FINISHED);
        assertThat(state).isEqualTo(new Ended(2));
    }

    @Test
    void aTunnelThatIsOverBeforeTheAgentCameAnewIsOver() {
        after(client(SECOND_CLIENT, 2));

        assertThat(after(new Leaving(AGENT)))
                .containsExactly(new EndAfterDelivery(CLIENT), new Replace(SECOND_CLIENT), FINISHED);
        assertThat(state).isEqualTo(new Ended(2));
    }

    @Test
    void aTunnelThatIsOverAtTheEarlierPairingWaitsForTheLastWordsOnTheLater() {
        bothCameAnew();

        assertThat(after(new Leaving(CLIENT))).containsExactly(new EndAfterDelivery(AGENT));
        assertThat(after(new TimePassing())).isEmpty();
        assertThat(after(new Leaving(SECOND_CLIENT))).containsExactly(new EndAfterDelivery(SECOND_AGENT), FINISHED);
    }

    @Test
    void aTunnelThatIsOverAndWhoseLaterLegsAreGivenUpIsClosedAndHasNotLeft() {
        bothCameAnew();
        after(new Leaving(CLIENT));

        after(new Breaking(SECOND_CLIENT));
        assertThat(after(new Moving(SECOND_AGENT))).containsExactly(new Step.Release(SECOND_AGENT), FINISHED);
    }

    @Test
    void aTunnelThatGoesElsewhereHasLeftWhenBothPairingsHave() {
        bothCameAnew();
        after(new Moving(SECOND_CLIENT));

        assertThat(after(new Moving(SECOND_AGENT)))
                .containsExactly(new EndBothAfterDelivery(SECOND_CLIENT, SECOND_AGENT));
        after(new Moving(CLIENT));
        assertThat(after(new Moving(AGENT)))
                .containsExactly(
                        new EndBothAfterDelivery(CLIENT, AGENT), new Left(2, "it may go on over another bridge"));
    }

    @Test
    void aRevokedTunnelIsResetOnAllItsLegs() {
        bothCameAnew();

        assertThat(after(new Resetting(ResetCode.REVOKED, "revoked")))
                .hasSize(5)
                .contains(new Step.Reset(CLIENT, ResetCode.REVOKED, "revoked"))
                .contains(new Step.Reset(SECOND_AGENT, ResetCode.REVOKED, "revoked"))
                .endsWith(new Close(2, ResetCode.REVOKED, "revoked"));
        assertThat(state).isEqualTo(new Ended(2));
    }

    private void bothCameAnew() {
        after(client(SECOND_CLIENT, 2));
        after(agent(SECOND_AGENT, 2));
    }

    private static Attaching client(LegId leg, long epoch) {
        return new Attaching(EndRole.CLIENT, leg, epoch, true);
    }

    private static Attaching agent(LegId leg, long epoch) {
        return new Attaching(EndRole.AGENT, leg, epoch, true);
    }

    private List<Step> after(Occurrence occurrence) {
        Decision decision = rules.decide(state, occurrence, now);
        state = decision.next();
        return decision.steps();
    }
}

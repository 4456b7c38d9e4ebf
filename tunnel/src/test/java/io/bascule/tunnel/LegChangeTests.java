package io.bascule.tunnel;

import static io.bascule.tunnel.StreamUnderTest.WINDOW;
import static io.bascule.tunnel.StreamUnderTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.Frame.Data;
import io.bascule.tunnel.Frame.Hello;
import io.bascule.tunnel.Frame.Received;
import org.junit.jupiter.api.Test;

class LegChangeTests {

    private final StreamUnderTest end = new StreamUnderTest();
    private final TunnelStream stream = end.stream();

    @Test
    void anEarlierLegThatIsOverBeforeHelloIsNamedAndReceivedFollowsAtOnce() {
        end.pair(WINDOW);
        stream.attached(end.now(), true);
        stream.receivedOverEarlierLeg(new Data(0, 0, WINDOW, utf8("abc")), end.now());
        stream.earlierLegOver();

        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW, true), new Received(3, 0, WINDOW));
    }

    @Test
    void whileTheEarlierLegDeliversNothingIsSaidOfWhatCameOverIt() {
        end.pair(WINDOW);
        stream.attached(end.now(), true);

        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW, true));

        stream.earlierLegOver();

        assertThat(end.sent()).containsExactly(new Received(0, 0, WINDOW));
        assertThat(end.sent()).isEmpty();
    }

    @Test
    void aLegThatIsUsedAgainStillSaysWhatCameOverTheOneBefore() {
        end.pair(WINDOW);
        stream.attached(end.now(), true);
        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW, true));
        stream.attached(end.now(), true);
        assertThat(end.sent()).containsExactly(new Hello(0, WINDOW, true));

        stream.fellBack(end.now());

        assertThat(end.sent()).contains(new Received(0, 0, WINDOW));
    }

    @Test
    void aLegThatIsUsedAgainAndHadNoneBeforeItSaysNothingOfOne() {
        end.pair(WINDOW);
        stream.attached(end.now(), true);
        stream.fellBack(end.now());

        assertThat(end.sent()).doesNotHaveAnyElementsOfTypes(Hello.class, Received.class);
    }
}

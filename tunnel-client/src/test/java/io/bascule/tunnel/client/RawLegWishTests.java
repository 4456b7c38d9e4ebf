package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RawLegWishTests {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RawLegWish wish = new RawLegWish();

    @Test
    void aRawLegIsWantedOnceEnoughWasCarriedSinceTheEndIsOnAGrpcLeg() {
        assertThat(wish.isDue(Long.MAX_VALUE / 2, 0)).isFalse();

        wish.paired(false, true, 1_000, 0);

        assertThat(wish.isDue(999 + RawLegWish.WORTH, 0)).isFalse();
        assertThat(wish.isDue(1_000 + RawLegWish.WORTH, 0)).isTrue();
        wish.paired(true, false, 1_000 + RawLegWish.WORTH, 0);
        assertThat(wish.isDue(Long.MAX_VALUE / 2, 0)).isFalse();
    }

    @Test
    void afterAnAttemptThatFailedItWaitsLongerEachTime() {
        wish.paired(false, true, 0, 0);

        wish.failed(0);
        assertThat(wish.isDue(RawLegWish.WORTH, 9 * SECOND)).isFalse();
        assertThat(wish.isDue(RawLegWish.WORTH, 10 * SECOND)).isTrue();
        wish.failed(10 * SECOND);
        assertThat(wish.isDue(RawLegWish.WORTH, 29 * SECOND)).isFalse();
        assertThat(wish.isDue(RawLegWish.WORTH, 30 * SECOND)).isTrue();
        for (int i = 0; i < 20; i++) {
            wish.failed(0);
        }
        assertThat(wish.isDue(RawLegWish.WORTH, 600 * SECOND)).isTrue();
    }

    @Test
    void aRawLegThatIsSoonLostCountsAsAnAttemptThatFailedUntilOneLasts() {
        wish.paired(true, false, 0, 0);
        wish.paired(false, true, 0, SECOND);
        assertThat(wish.isDue(RawLegWish.WORTH, 10 * SECOND)).isFalse();
        assertThat(wish.isDue(RawLegWish.WORTH, 11 * SECOND)).isTrue();
        wish.paired(true, false, 0, 11 * SECOND);
        wish.paired(false, true, 0, 12 * SECOND);
        assertThat(wish.isDue(RawLegWish.WORTH, 31 * SECOND)).isFalse();
        assertThat(wish.isDue(RawLegWish.WORTH, 32 * SECOND)).isTrue();

        wish.paired(true, false, 0, 32 * SECOND);
        wish.paired(false, true, 0, 632 * SECOND);
        assertThat(wish.isDue(RawLegWish.WORTH, 632 * SECOND)).isTrue();
    }

    @Test
    void aRawLegThatTheOtherEndNeverCameToIsWantedAgainAfterAPause() {
        wish.paired(false, true, 0, 0);
        wish.paired(true, false, RawLegWish.WORTH, SECOND);

        wish.fellBack(SECOND);

        assertThat(wish.from()).isEqualTo(RawLegWish.WORTH);
        assertThat(wish.isDue(RawLegWish.WORTH, 10 * SECOND)).isFalse();
        assertThat(wish.isDue(RawLegWish.WORTH, 11 * SECOND)).isTrue();
    }

    @Test
    void whoFallsBackToARawLegHasOne() {
        wish.paired(true, false, 0, 0);
        wish.paired(false, false, 0, SECOND);

        wish.fellBack(SECOND);

        assertThat(wish.isDue(Long.MAX_VALUE / 2, SECOND)).isFalse();
    }

    @Test
    void aRawLegThatWasLeftForAnotherBridgeHasNotFailed() {
        wish.paired(true, false, 0, 0);
        wish.paired(false, false, 0, SECOND);

        assertThat(wish.isDue(RawLegWish.WORTH, SECOND)).isTrue();
    }
}

package io.bascule.bridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MovesUnderWayTests {

    private static final Duration STEP = Duration.ofMillis(50);

    private final MovesUnderWay moves = new MovesUnderWay();
    private Instant now = Instant.EPOCH;

    @Test
    void noMoreAreAskedThanMove() {
        assertThat(room(0, 0)).isEqualTo(MovesUnderWay.MOST);
        assertThat(room(60, 0)).isEqualTo(MovesUnderWay.MOST - 60);
        assertThat(room(MovesUnderWay.MOST, 0)).isZero();
        assertThat(room(MovesUnderWay.MOST, 30)).isEqualTo(30);
        assertThat(room(MovesUnderWay.MOST + 30, MovesUnderWay.MOST + 30)).isEqualTo(MovesUnderWay.MOST);
    }

    @Test
    void thoseThatDoNotMoveMakeRoomInTheEnd() {
        assertThat(room(MovesUnderWay.MOST, 0)).isZero();
        now = now.plus(MovesUnderWay.PATIENCE).minus(STEP.multipliedBy(2));
        assertThat(room(MovesUnderWay.MOST, 0)).as("not yet").isZero();

        assertThat(room(MovesUnderWay.MOST, 0)).isEqualTo(MovesUnderWay.MOST);
        assertThat(room(2 * MovesUnderWay.MOST, 0)).as("and again").isZero();
    }

    private int room(long asked, long settled) {
        now = now.plus(STEP);
        return moves.room(now, asked, settled);
    }
}

package io.bascule.api.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PositionsTests {

    private static final long SECOND = 1_000_000_000;

    private final Positions positions = new Positions();

    @Test
    void aReplicaIsBehindByTheAgeOfTheNewestPositionThatItHas() {
        positions.add(100, SECOND);
        positions.add(200, 2 * SECOND);
        positions.add(300, 3 * SECOND);

        assertThat(positions.lag(300, 3 * SECOND)).contains(Duration.ZERO);
        assertThat(positions.lag(299, 3 * SECOND)).contains(Duration.ofSeconds(1));
        assertThat(positions.lag(100, 5 * SECOND)).contains(Duration.ofSeconds(4));
    }

    @Test
    void anIdlePrimaryDoesNotMakeItLate() {
        positions.add(100, SECOND);
        positions.add(100, 60 * SECOND);

        assertThat(positions.lag(100, 60 * SECOND)).contains(Duration.ZERO);
    }

    @Test
    void withoutNewsOfThePrimaryNobodyIsUpToDate() {
        positions.add(100, SECOND);

        assertThat(positions.lag(100, 31 * SECOND)).contains(Duration.ofSeconds(30));
    }

    @Test
    void whoIsBehindAllThatIsRememberedIsBehindByNobodyKnowsHowMuch() {
        assertThat(positions.lag(100, 0)).isEmpty();
        for (int second = 0; second <= Positions.MOST; second++) {
            positions.add(second * 10L, second * SECOND);
        }

        assertThat(positions.lag(9, Positions.MOST * SECOND)).isEmpty();
        assertThat(positions.lag(10, Positions.MOST * SECOND)).contains(Duration.ofSeconds(Positions.MOST - 1L));
    }
}

package io.bascule.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowPoolTests {

    private static final int CLAIMS = 7;

    /** Each step is one claim's new wish. */
    @Property
    void whatIsGrantedFitsAndIsFairAndNothingIsWithheldWhileThereIsEnough(
            @ForAll @IntRange(max = 10_000) int total,
            @ForAll @Size(max = 50) List<@IntRange(max = 20_000) Integer> steps) {
        WindowPool pool = new WindowPool(total);
        List<WindowPool.Claim> claims =
                Stream.generate(pool::claim).limit(CLAIMS).toList();
        int[] wanted = new int[CLAIMS];
        for (int step : steps) {
            wanted[step % CLAIMS] = step / CLAIMS;
            claims.get(step % CLAIMS).want(step / CLAIMS);

            long inAll = IntStream.of(wanted).sum();
            long claimants = IntStream.of(wanted).filter(want -> want > 0).count();
            assertThat(claims.stream().mapToLong(WindowPool.Claim::granted).sum())
                    .isLessThanOrEqualTo(total);
            for (int i = 0; i < CLAIMS; i++) {
                long least = inAll <= total ? wanted[i] : Math.min(wanted[i], total / claimants);
                assertThat(claims.get(i).granted()).isEqualTo(least);
            }
        }
    }

    @Test
    void aNewcomersPartComesFromThoseWhoHaveMost() {
        WindowPool pool = new WindowPool(90);
        WindowPool.Claim large = pool.claim();
        WindowPool.Claim small = pool.claim();
        WindowPool.Claim newcomer = pool.claim();
        large.want(80);
        small.want(10);

        newcomer.want(50);

        assertThat(List.of(large.granted(), small.granted(), newcomer.granted()))
                .containsExactly(30L, 10L, 30L);
    }
}

package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private final Turns turns = new Turns(2);
    private final List<String> granted = new ArrayList<>();

    @Test
    void noMoreThanSoManyHaveTheirTurnAtOnceAndTheRestInTheOrderOfAsking() {
        Turns.Turn first = ask("first");
        ask("second");
        ask("third");
        ask("fourth");
        assertThat(granted).containsExactly("first", "second");

        first.close();
        first.close();

        assertThat(granted).containsExactly("first", "second", "third");
    }

    @Test
    void whoDoesNotWantHisTurnAnyMoreIsPassedOver() {
        Turns.Turn first = ask("first");
        ask("second");
        Turns.Turn third = ask("third");
        ask("fourth");

        third.close();
        assertThat(third.isGranted()).isFalse();
        first.close();

        assertThat(granted).containsExactly("first", "second", "fourth");
    }

    private Turns.Turn ask(String name) {
        return turns.ask(() -> granted.add(name));
    }
}

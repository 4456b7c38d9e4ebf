package io.bascule.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PreferWaitTests {

    @Test
    void theWaitIsFoundAmongOtherPreferences() {
        assertThat(PreferWait.of(List.of("respond-async, wait=30; x=y"))).contains(new PreferWait(30));
        assertThat(PreferWait.of(List.of("return=minimal", "Wait = \"5\""))).contains(new PreferWait(5));
    }

    @Test
    void nobodyWaitsLongerThanAMinute() {
        assertThat(PreferWait.of(List.of("wait=3600"))).contains(new PreferWait(60));
    }

    @Test
    void whatCannotBeReadIsNoPreference() {
        assertThat(PreferWait.of(List.of("wait=soon", "await=5", "wait=0", "wait=-1")))
                .isEmpty();
    }
}

package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.webhooks.delivery.DeliveryQueue.Room;
import io.bascule.api.webhooks.delivery.DueDelivery.Endpoint;
import io.bascule.api.webhooks.delivery.DueDelivery.Message;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTests {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "8, 6", "32, 24"})
    void aQuarterIsLeftToOthersWhereThereAreEnough(int all, int perWorkspace) {
        assertThat(Places.perWorkspace(all)).isEqualTo(perWorkspace);
    }

    @Test
    void aRoomSaysWhatIsFreeAndWhoHoldsTheRest() {
        var places = new Places(8, 2);
        DueDelivery first = delivery("a");
        DueDelivery last = delivery("b");
        places.take(first);
        places.take(delivery("a"));
        places.take(last);
        assertThat(places.room()).isEqualTo(new Room(5, 2, 6, Map.of("a", 2, "b", 1)));

        places.leave(first);
        places.leave(last);
        assertThat(places.room()).isEqualTo(new Room(7, 2, 6, Map.of("a", 1)));
    }

    private static DueDelivery delivery(String workspace) {
        var endpoint = new Endpoint(UUID.randomUUID(), workspace, "https://example.org/", List.of());
        return new DueDelivery(UUID.randomUUID(), endpoint, new Message("e", "{}"), 1, 0);
    }
}

package io.bascule.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.local.process.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTests {

    @Test
    void byDefaultTheApiAndTheBridgesAreWherePeopleExpectThem() {
        Ports ports = new Ports(Ports.DEFAULT_BASE);

        assertThat(ports.api()).isEqualTo(5000);
        assertThat(List.of(ports.legs(0), ports.legs(1))).containsExactly(8443, 8444);
    }

    @Test
    void elsewhereEverythingFollowsTheBase() {
        Ports ports = new Ports(6000);

        assertThat(ports.api()).isEqualTo(6000);
        assertThat(List.of(ports.legs(0), ports.legs(1))).containsExactly(6100, 6101);
    }

    @Test
    void noTwoPartsShareAPort() {
        Stream<Integer> offsets = Stream.concat(
                Parts.SERVICES.stream().map(ServicePart::portOffset),
                IntStream.of(Parts.POSTGRES, Parts.REDIS, Parts.DEMO_WEB).boxed());

        assertThat(offsets).doesNotHaveDuplicates().allMatch(offset -> offset < 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 80, 65_400, 70_000})
    void aBaseThatLeavesNoRoomIsRefused(int base) {
        assertThatThrownBy(() -> new Ports(base))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("--port-base " + base + " (expected: 1024 to ");
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheRemedy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new Ports(5000).requireFree("api-service", taken.getLocalPort()))
                    .hasMessage("Port %d, which api-service needs, is taken: ".formatted(taken.getLocalPort())
                            + "end what uses it or choose other ports with --port-base 6000");
        }
    }

    @Test
    void aFreePortIsFine() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatCode(() -> new Ports(5000).requireFree("api-service", port)).doesNotThrowAnyException();
    }

    @Test
    void onlyWhatOthersCanDoWithoutMayBeLeftOut() {
        assertThat(Parts.servicesWithout(Set.of("bridge-1", "demo-agent")))
                .extracting(ServicePart::name)
                .contains("api-service", "bridge-0")
                .doesNotContain("bridge-1");
        assertThatThrownBy(() -> Parts.servicesWithout(Set.of("api-service")))
                .hasMessageStartingWith("--without api-service (expected: some of [bridge-0,");
    }
}

package io.bascule.runner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTests {

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "93.184.216.34", "172.15.0.1", "100.63.0.1", "2606:4700::1111", "2a00:1450:4001::1"})
    void thePublicNetworkIsOpen(String address) throws Exception {
        assertThat(guard(List.of(), address).resolve("name")).isEqualTo(InetAddress.ofLiteral(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:7f00:1::",
                "::7f00:1"
            })
    void whatIsNotPublicIsClosed(String address) {
        assertThatThrownBy(() -> guard(List.of(), address).resolve("name"))
                .isInstanceOfSatisfying(
                        EgressRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("EGRESS_ADDRESS"));
    }

    @Test
    void oneClosedAddressAmongOpenOnesClosesTheName() {
        assertThatThrownBy(() -> guard(List.of(), "1.1.1.1", "10.0.0.1").resolve("name"))
                .hasMessageContaining("10.0.0.1");
    }

    @Test
    void theOperatorOpensANetworkAndNoMoreThanThat() throws Exception {
        assertThat(guard(List.of("10.1.0.0/16"), "10.1.2.3").resolve("name").getHostAddress())
                .isEqualTo("10.1.2.3");
        assertThatThrownBy(() -> guard(List.of("10.1.0.0/16"), "10.2.0.1").resolve("name"))
                .isInstanceOf(EgressRefusedException.class);
        assertThatThrownBy(() -> guard(List.of("ten"), "10.2.0.1"))
                .hasMessageContaining("bascule.runner.egress.private-networks: ten (expected: a network");
        assertThatThrownBy(() -> guard(List.of("10.0.0.0/33"), "10.2.0.1")).hasMessageContaining("10.0.0.0/33");
    }

    @Test
    void anUnknownNameIsSaidSo() {
        var guard = new AddressGuard(
                name -> {
                    throw new UnknownHostException(name);
                },
                List.of());

        assertThatThrownBy(() -> guard.resolve("nowhere.example"))
                .isInstanceOfSatisfying(
                        EgressRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("ENOTFOUND"));
    }

    private static AddressGuard guard(List<String> opened, String... addresses) {
        InetAddress[] found = Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        return new AddressGuard(_ -> found, opened);
    }
}

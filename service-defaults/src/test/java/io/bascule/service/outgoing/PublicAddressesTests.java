package io.bascule.service.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTests {

    private final PublicAddresses addresses = new PublicAddresses();

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.63.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111"})
    void publicAddressesMayBeReached(String address) throws UnknownHostException {
        assertThat(addresses.resolve(address)).containsExactly(InetAddress.getByName(address));
    }

    @Test
    void ofManyAddressesAFewAreTriedAndBothFamiliesAmongThem() throws UnknownHostException {
        InetAddress[] four = new InetAddress[40];
        for (int i = 0; i < four.length; i++) {
            four[i] = InetAddress.getByName("8.8.8." + i);
        }
        InetAddress six = InetAddress.getByName("2606:4700::1111");

        assertThat(resolved(four)).containsExactly(four[0], four[1], four[2]);
        assertThat(resolved(four[0], four[1], four[2], four[3], six)).containsExactly(four[0], four[1], six);
        assertThat(resolved(six, four[0], four[1], four[2])).containsExactly(six, four[0], four[1]);
        assertThat(resolved(InetAddress.getByName("10.0.0.1"), four[0], six)).containsExactly(four[0], six);
    }

    private static InetAddress[] resolved(InetAddress... all) throws UnknownHostException {
        return new PublicAddresses(List.of(), _ -> all).resolve("many.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "203.0.113.9",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:db8::1"
            })
    void nothingLeadsInside(String address) {
        assertThatThrownBy(() -> addresses.resolve(address)).isInstanceOf(AddressNotAllowedException.class);
    }

    @Test
    void aNameCountsForWhatItResolvesTo() {
        assertThatThrownBy(() -> addresses.resolve("localhost")).isInstanceOf(AddressNotAllowedException.class);
    }

    @Test
    void anExceptionOpensItsNetworkAndNoOther() throws UnknownHostException {
        var some = new PublicAddresses(List.of(Network.parse("10.1.16.0/20"), Network.parse("fd00:1::/32")));

        assertThat(some.resolve("10.1.31.255")).containsExactly(InetAddress.getByName("10.1.31.255"));
        assertThat(some.resolve("fd00:1::9")).containsExactly(InetAddress.getByName("fd00:1::9"));
        for (String outside : List.of("10.1.32.0", "10.1.15.255", "fd00:2::9", "127.0.0.1", "169.254.169.254")) {
            assertThatThrownBy(() -> some.resolve(outside)).isInstanceOf(AddressNotAllowedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "localhost/8", "::/129", "/8", ""})
    void whatIsNoNetworkIsRefusedByName(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(text);
    }
}

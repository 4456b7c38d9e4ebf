package io.bascule.bridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.util.unit.DataSize;

class BridgeSettingsTests {

    private static final String[] REQUIRED = {
        "bascule.bridge.id=bridge-0",
        "bascule.bridge.advertised-address=bridge.example.com:443",
        "bascule.bridge.authority=0.bridge.example.com"
    };

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Configured.class)
            .withPropertyValues(REQUIRED);

    @Test
    void theDefaultsAreTheseAndNoOthers() {
        context.run(started -> assertThat(started.getBean(BridgeSettings.class))
                .isEqualTo(new BridgeSettings(
                        "bridge-0",
                        8443,
                        "bridge.example.com:443",
                        "0.bridge.example.com",
                        5_000,
                        20_000,
                        DataSize.ofKilobytes(320),
                        25,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(90),
                        null)));
    }

    @Test
    void everyKeyIsMapped() {
        context.withPropertyValues(
                        "bascule.bridge.listen-port=9443",
                        "bascule.bridge.max-tunnels=7",
                        "bascule.bridge.max-agents=8",
                        "bascule.bridge.tunnel-buffer=1MB",
                        "bascule.bridge.total-buffer-percent=30",
                        "bascule.bridge.hold=5s",
                        "bascule.bridge.drain-budget=30m",
                        "bascule.bridge.state-directory=/var/lib/bascule")
                .run(started -> assertThat(started.getBean(BridgeSettings.class))
                        .isEqualTo(new BridgeSettings(
                                "bridge-0",
                                9443,
                                "bridge.example.com:443",
                                "0.bridge.example.com",
                                7,
                                8,
                                DataSize.ofMegabytes(1),
                                30,
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(30),
                                Path.of("/var/lib/bascule"))));
    }

    @Test
    void whatBreaksARuleStopsTheStartAndNamesTheKey() {
        assertFails("bascule.bridge.id=Bridge 0", "id");
        assertFails("bascule.bridge.advertised-address=nowhere", "advertisedAddress");
        assertFails("bascule.bridge.authority=Upper.Case", "authority");
        assertFails("bascule.bridge.max-tunnels=0", "maxTunnels");
        assertFails("bascule.bridge.listen-port=70000", "listenPort");
    }

    private void assertFails(String property, String named) {
        context.withPropertyValues(property)
                .run(started -> assertThat(started.getStartupFailure())
                        .as(property)
                        .rootCause()
                        .hasMessageContaining("'" + named + "'"));
    }

    @EnableConfigurationProperties(BridgeSettings.class)
    static class Configured {}
}

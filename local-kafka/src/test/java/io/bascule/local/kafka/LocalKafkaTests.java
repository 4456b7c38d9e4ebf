package io.bascule.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class LocalKafkaTests {

    @Test
    void itListensOnTheLoopbackInterfaceOnly() {
        var config = new KafkaConfig(LocalKafka.properties(Path.of("/data"), 9192), false);

        assertThat(config.getList("listeners"))
                .containsExactly("PLAINTEXT://127.0.0.1:9192", "CONTROLLER://127.0.0.1:9193");
        assertThat(config.getList("log.dirs")).containsExactly("/data/logs");
    }
}

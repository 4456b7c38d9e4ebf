package io.bascule.orchestrator.relay;

import io.bascule.events.Topic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;

@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    @Bean
    Outbox outbox(JdbcClient database) {
        return new Outbox(database);
    }

    @Bean
    RelayOutbox relayOutbox(Outbox outbox, KafkaTemplate<String, byte[]> kafka) {
        return new RelayOutbox(outbox, new KafkaEventPublisher(kafka));
    }

    @Bean
    KafkaAdmin.NewTopics eventTopics(RelayProperties properties) {
        return new KafkaAdmin.NewTopics(Topic.names().stream()
                .map(name -> TopicBuilder.name(name)
                        .partitions(properties.partitions())
                        .build())
                .toArray(org.apache.kafka.clients.admin.NewTopic[]::new));
    }
}

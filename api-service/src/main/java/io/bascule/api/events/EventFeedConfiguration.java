package io.bascule.api.events;

import io.bascule.events.Topic;
import io.bascule.service.ServiceProperties;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

@Configuration(proxyBeanMethods = false)
class EventFeedConfiguration {

    @Bean
    EventFeed eventFeed() {
        return new EventFeed();
    }

    /** Every pod reads everything, from now on: a group of its own, whose position nobody needs later. */
    @Bean
    @ConditionalOnProperty("spring.kafka.bootstrap-servers")
    ConcurrentMessageListenerContainer<String, byte[]> eventListener(
            ConsumerFactory<String, byte[]> consumers, EventFeed feed, ServiceProperties service) {
        var properties = new ContainerProperties(Topic.names().toArray(String[]::new));
        properties.setGroupId("live-%s-%s".formatted(service.instance(), UUID.randomUUID()));
        properties.setMissingTopicsFatal(false);
        properties.setMessageListener((MessageListener<String, byte[]>)
                message -> EventMessages.read(message).ifPresent(feed::publish));
        return new ConcurrentMessageListenerContainer<>(consumers, properties);
    }
}

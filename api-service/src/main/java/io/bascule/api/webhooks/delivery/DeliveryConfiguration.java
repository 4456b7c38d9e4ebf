package io.bascule.api.webhooks.delivery;

import io.bascule.api.audit.AuditLog;
import io.bascule.api.keys.WebhookSeal;
import io.bascule.api.webhooks.delivery.SweepDeliveries.Bounds;
import io.bascule.tasks.gauge.GaugeLease;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    WebhookAddresses webhookAddresses(WebhookProperties properties) {
        return new WebhookAddresses(properties.privateNetworks());
    }

    @Bean
    SettleDelivery settleDelivery(JdbcClient database, TransactionTemplate transaction, AuditLog audit) {
        return new SettleDelivery(
                database, transaction, audit, () -> ThreadLocalRandom.current().nextLong());
    }

    @Bean(destroyMethod = "close")
    SendDelivery sendDelivery(WebhookAddresses addresses, InstantSource clock, WebhookProperties properties) {
        var clients = new EndpointClients(addresses, properties.concurrency(), properties.timeout());
        return new SendDelivery(clients, clock, properties.timeout());
    }

    @Bean
    DeliveryQueue deliveryQueue(JdbcClient database, TransactionTemplate transaction, WebhookSeal seal) {
        return new DeliveryQueue(database, transaction, seal);
    }

    @Bean
    DeliverDue deliverDue(
            DeliveryQueue queue,
            SendDelivery send,
            SettleDelivery settle,
            MeterRegistry metrics,
            WebhookProperties properties) {
        return new DeliverDue(queue, send, settle, new DeliveryMetrics(metrics), properties);
    }

    @Bean
    @ConditionalOnProperty("spring.kafka.bootstrap-servers")
    FollowEvents followEvents(ConsumerFactory<?, ?> consumers, JdbcClient database, DeliverDue deliver) {
        return new FollowEvents(
                new ShareGroup(consumers.getConfigurationProperties()),
                new RecordDeliveries(database),
                deliver::ring,
                FollowEvents.PAUSE);
    }

    @Bean
    SweepDeliveries sweepDeliveries(
            JdbcClient database, TransactionTemplate transaction, SettleDelivery settle, WebhookProperties properties) {
        return new SweepDeliveries(database, transaction, settle, Bounds.keeping(properties.kept()));
    }

    @Bean
    DeliveryLifecycle deliveryLifecycle(
            ObjectProvider<FollowEvents> events, DeliverDue deliver, SweepDeliveries sweep) {
        return new DeliveryLifecycle(events.getIfAvailable(), deliver, sweep);
    }

    @Bean
    WaitingDeliveries waitingDeliveries(
            JdbcClient database, GaugeLease lease, ObjectProvider<PrometheusRegistry> registries) {
        var waiting = new WaitingDeliveries(database, lease);
        registries.ifAvailable(registry -> registry.register(waiting));
        return waiting;
    }
}

package io.bascule.api.webhooks.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The share group of all pods, and how one becomes a member. */
final class ShareGroup {

    static final String ID = "webhooks";

    private static final Logger log = LoggerFactory.getLogger(ShareGroup.class);

    /** Settings of consumer groups that a share consumer refuses or that mean nothing to it. */
    private static final Set<String> NOT_SHARED = Set.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);

    private static final int ADMIN_SECONDS = 10;

    private final Map<String, Object> properties;

    /** @param consumers the properties of the service's consumers, with the addresses of the brokers and what they ask for */
    ShareGroup(Map<String, Object> consumers) {
        Map<String, Object> shared = new HashMap<>(consumers);
        shared.keySet().removeAll(NOT_SHARED);
        shared.put(ConsumerConfig.GROUP_ID_CONFIG, ID);
        shared.put("share.acknowledgement.mode", "explicit");
        this.properties = Map.copyOf(shared);
    }

    /** @throws RuntimeException while the brokers are away */
    KafkaShareConsumer<String, byte[]> join() {
        try (Admin admin = Admin.create(adminProperties())) {
            beginAtTheBeginning(admin);
            awaitCoordinator(admin);
        } catch (TimeoutException away) {
            throw new IllegalStateException("the brokers did not answer", away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a share group was set up", interrupted);
        }
        return new KafkaShareConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Otherwise what is published before the group's first member has joined would never be seen. */
    private static void beginAtTheBeginning(Admin admin) throws InterruptedException, TimeoutException {
        var setting =
                new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, ID), List.of(setting)))
                    .all()
                    .get(ADMIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof AuthorizationException)) {
                throw new IllegalStateException(refused.getCause());
            }
            log.warn("The brokers do not let this service set share.auto.offset.reset=earliest of group {}: do it", ID);
        }
    }

    /**
     * While young brokers have no coordinator for the group yet, a member that joins takes a whole processor until they have
     * (KAFKA-20426: between heartbeats that were never sent it waits 0 ms).
     */
    private static void awaitCoordinator(Admin admin) throws InterruptedException, TimeoutException {
        try {
            admin.describeShareGroups(List.of(ID)).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException answer) {
            switch (Objects.requireNonNullElse(answer.getCause(), answer)) {
                case GroupIdNotFoundException notMadeYet -> log.debug("its first member", notMadeYet);
                case AuthorizationException refused -> log.debug("not allowed to look", refused);
                default -> throw new IllegalStateException(answer);
            }
        }
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> admin = new HashMap<>(properties);
        admin.keySet().removeIf(name -> name.startsWith("share.") || name.contains("deserializer"));
        admin.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // Closing it waits for what was asked, and so does whoever stops this service.
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_SECONDS * 1_000);
        admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_SECONDS * 1_000);
        return admin;
    }
}

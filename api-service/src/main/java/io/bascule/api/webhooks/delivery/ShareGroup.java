package io.bascule.api.webhooks.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
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
        beginAtTheBeginning();
        return new KafkaShareConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Otherwise what is published before the group's first member has joined would never be seen. */
    private void beginAtTheBeginning() {
        var setting =
                new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(adminProperties())) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, ID), List.of(setting)))
                    .all()
                    .get(ADMIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a share group was set up", interrupted);
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof AuthorizationException)) {
                throw new IllegalStateException(refused.getCause());
            }
            log.warn("The brokers do not let this service set share.auto.offset.reset=earliest of group {}: do it", ID);
        } catch (TimeoutException away) {
            throw new IllegalStateException("the brokers did not answer", away);
        }
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> admin = new HashMap<>(properties);
        admin.keySet().removeIf(name -> name.startsWith("share.") || name.contains("deserializer"));
        admin.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return admin;
    }
}

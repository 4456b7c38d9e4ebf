package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that would not work are refused with a line that names the value. */
@Timeout(60)
class ChartRefusalTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            nosuch: true                                              | 'nosuch' not allowed
            apiService: { autoscaling: { maxReplica: 3 } }            | 'maxReplica' not allowed
            apiService: { autoscaling: { mode: vpa } }                | /apiService/autoscaling/mode
            api: { enabled: true }                                    | 'enabled' not allowed
            web: { maxReplicas: 3 }                                   | /web/maxReplicas
            apiService: { replicas: two }                             | /apiService/replicas
            apiService: { config: { lower: x } }                      | 'lower' does not match pattern
            apiService: { resources: { limits: { memory: lots } } }   | /apiService/resources/limits/memory
            codeRunner: { autoscaling: { triggers: [{ query: x }] } } | /codeRunner/autoscaling/triggers/0
            bridgeService: { terminationGracePeriodSeconds: 1801 }    | /bridgeService/terminationGracePeriodSeconds
            gateway: { enabled: true }                                | /gateway/parentRefs
            ingress: { enabled: true }                                | /ingress/hostname
            apiService: { autoscaling: { minReplicas: 11 } }          | apiService.autoscaling.minReplicas: 11 (expected: at most
            apiService: { preStopSeconds: 110 }                       | apiService.terminationGracePeriodSeconds: 120 (expected: 15 or more
            orchestrator: { autoscaling: { mode: keda } }             | orchestrator.autoscaling.mode is keda, but there are no triggers
            queuedWorker: { autoscaling: { mode: hpa } }              | queuedWorker.autoscaling.mode is hpa, but nothing is measured
            bridgeService: { autoscaling: { maxReplicas: 21 } }       | at most bridgeService.maxReplicas, 20
            redis: { clusterNodes: [redis-0] }                        | /redis/clusterNodes/0
            storage: { kind: s3 }                                     | set storage.s3.bucket
            storage: { kind: directory }                              | set storage.directory.claim
            storage: { kind: tape }                                   | /storage/kind
            registries: { npm: registry.example.org }                 | /registries/npm
            registries: { egress: [{ ports: [{ port: 443 }] }] }      | /registries/egress/0
            gateway: { other: { weight: 101 } }                       | /gateway/other/weight
            verticalPodAutoscaler: { updateMode: Sometimes }          | /verticalPodAutoscaler/updateMode
            extraObjects: [{ kind: Secret }]                          | /extraObjects/0
            scheduledScaling: { enabled: true, schedules: [{ name: a, at: "0 8 * * *", component: orchestrator, minReplicas: 1 }] } | a has no scaler
            scheduledScaling: { enabled: true, schedules: [{ name: a, at: "0 8 * * *", component: apiService, minReplicas: 11 }] } | at most apiService.autoscaling.maxReplicas, 10
            """)
    void isRefused(String values, String reason) {
        assertThatThrownBy(() -> RenderedChart.with(values))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason);
    }
}

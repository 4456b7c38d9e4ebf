package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers that {@code deploy/scaling.yaml} was given to keep, written down a second time, by where they came from. */
class ReferenceNumbersTests {

    private static final JsonNode NUMBERS = Checkout.yaml("deploy/scaling.yaml");

    @ParameterizedTest(name = "{0}{1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # How many pods, and on what they scale.
            api-service        | /pods/min                             | 2
            api-service        | /pods/max                             | 10
            api-service        | /signals/cpu                          | 70
            api-service        | /signals/memory                       | 80
            bridge-service     | /pods/min                             | 2
            bridge-service     | /pods/max                             | 20
            bridge-service     | /signals/cpu                          | 70
            instant-worker     | /pods/min                             | 2
            instant-worker     | /pods/max                             | 20
            instant-worker     | /signals/per-pod/instant_tasks_jobs_total | 5
            queued-worker      | /pods/min                             | 2
            queued-worker      | /pods/max                             | 50
            queued-worker      | /signals/queries/queued-tasks-workers-required/query | max(queued_tasks_workers_required) + (max(queued_tasks_workers_required) * 0.3)
            queued-worker      | /signals/queries/queued-tasks-workers-required/average | 1
            custom-code-runner | /pods/min                             | 2
            custom-code-runner | /pods/max                             | 20
            custom-code-runner | /signals/queries/custom-code-runner-capacity/ratio | 0.45
            web-ui             | /pods/min                             | 2
            web-ui             | /pods/max                             | 5
            web-ui             | /resources/requests/cpu               | 50m
            web-ui             | /resources/requests/memory            | 64Mi
            orchestrator       | /pods/min                             | 2
            orchestrator       | /pods/max                             | 2
            orchestrator       | /scaler                               | none
            # How they leave.
            api-service        | /leaving/grace                        | 120
            api-service        | /leaving/pre-stop                     | 15
            bridge-service     | /leaving/grace                        | 120
            web-ui             | /leaving/pre-stop                     | 5
            api-service        | /available                            | 1
            bridge-service     | /available                            | 1
            """)
    void ofAComponent(String component, String number, String value) {
        assertThat(NUMBERS.at("/components/" + component + number).asText()).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /paces/steady/up/window          | 0
            /paces/steady/up/steps/0/percent | 100
            /paces/steady/up/steps/0/each    | 30
            /paces/steady/up/steps/1/pods    | 2
            /paces/steady/up/steps/1/each    | 30
            /paces/steady/down/window        | 300
            /paces/steady/down/steps/0/percent | 50
            /paces/steady/down/steps/0/each  | 60
            /paces/steady/down/steps/1/pods  | 1
            /paces/steady/down/steps/1/each  | 60
            /paces/instant/up/window         | 0
            /paces/instant/up/steps/0/pods   | 4
            /paces/instant/up/steps/0/each   | 60
            /paces/instant/down/window       | 60
            /paces/runner/down/window        | 60
            /probes/liveness/path            | /health/live
            /probes/liveness/delay           | 30
            /probes/liveness/period          | 10
            /probes/liveness/timeout         | 5
            /probes/liveness/failures        | 3
            /probes/readiness/path           | /health/ready
            /probes/readiness/delay          | 10
            /probes/readiness/period         | 5
            /probes/readiness/timeout        | 3
            /probes/readiness/failures       | 3
            /probes/startup/path             | /health/live
            /probes/startup/period           | 10
            /probes/startup/failures         | 30
            """)
    void ofPacesAndProbes(String number, String value) {
        assertThat(NUMBERS.at(number).asText()).isEqualTo(value);
    }
}

package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart of an agent, which the browser's dialog tells people to install. */
@Timeout(60)
class AgentChartTests {

    static final Path CHART = Checkout.file("charts/bascule-agent");
    static final String JOINING = "{ apiUrl: 'https://bascule.example.org', joinToken: bsc_join_abc }";

    @Test
    void everyObjectHasOnlyFieldsThatKubernetesKnows() {
        RenderedChart chart = RenderedChart.with(CHART, JOINING);

        assertThat(chart.objects()).hasSize(3);
        chart.objects().forEach(KnownObjects::check);
    }

    @Test
    void theTokenIsInASecretAloneAndTheStateInAVolume() {
        RenderedChart chart = RenderedChart.with(CHART, JOINING);
        JsonNode pod = chart.object("StatefulSet", "bascule").at("/spec/template/spec");

        assertThat(chart.object("Secret", "bascule").at("/stringData/token").asText())
                .isEqualTo("bsc_join_abc");
        assertThat(chart.text().split("bsc_join_abc", -1)).hasSize(2);
        assertThat(pod.at("/containers/0/env/2/valueFrom/secretKeyRef/name").asText())
                .isEqualTo("bascule");
        assertThat(pod.at("/containers/0/volumeMounts/0/mountPath").asText())
                .isEqualTo(pod.at("/containers/0/env/1/value").asText());
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    }

    @Test
    void aSecretOfOnesOwnTakesThePlaceOfTheToken() {
        RenderedChart chart =
                RenderedChart.with(CHART, "{ apiUrl: 'https://bascule.example.org', joinTokenSecret: mine }");

        assertThat(chart.kind("Secret")).isEmpty();
        assertThat(chart.object("StatefulSet", "bascule")
                        .at("/spec/template/spec/containers/0/env/2/valueFrom/secretKeyRef/name")
                        .asText())
                .isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{ apiUrl: bascule.example.org }", "{ apiUrl: 'https://bascule.example.org/console' }"})
    void withoutThePlatformsAddressItIsRefused(String values) {
        assertThatThrownBy(() -> RenderedChart.with(CHART, values))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("apiUrl");
    }

    @Test
    void theBrowsersCommandSetsWhatTheChartKnows() {
        String commands = Checkout.text("web-ui/src/agents/joinCommands.ts");
        List<String> set = Pattern.compile("--set (\\w+)=")
                .matcher(commands)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(commands).contains("charts/bascule-agent");
        assertThat(set).containsExactly("apiUrl", "joinToken");
        assertThat(Checkout.yaml("charts/bascule-agent/values.yaml").has("apiUrl"))
                .isTrue();
        assertThat(Checkout.yaml("charts/bascule-agent/values.yaml").has("joinToken"))
                .isTrue();
    }
}

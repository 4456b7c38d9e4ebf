package io.bascule.deploy.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bascule.deploy.Checkout;
import io.bascule.deploy.GeneratedFiles;
import io.bascule.deploy.KnownObjects;
import io.bascule.deploy.Shell;
import io.bascule.deploy.Yaml;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Run with {@code -Ddeploy.refresh} to write the committed files anew. */
@Timeout(120)
class KustomizeFilesTests {

    private static final String FOLDER = "deploy/kustomize/";

    @Test
    void theCommittedFilesAreWhatTheChartRenders() throws IOException {
        GeneratedFiles.areAllOf("deploy/kustomize", KustomizeFiles.all());
    }

    @ParameterizedTest
    @EnumSource(names = {"BASE", "STAGING", "PRODUCTION"})
    void whatIsCommittedComesToWhatHelmMakesOfTheSameValues(Variant variant) throws IOException {
        String folder = variant == Variant.BASE ? "base" : "overlays/" + variant.folder();
        Map<String, ObjectNode> built = built(folder);

        assertThat(built).hasSizeGreaterThan(30).isEqualTo(new TreeMap<>(ChartObjects.of(variant.render())));
        built.values().forEach(KnownObjects::check);
    }

    /** Resources and patches, as Kustomize reads them. */
    private static Map<String, ObjectNode> built(String folder) {
        JsonNode kustomization = Checkout.yaml(FOLDER + folder + "/kustomization.yaml");
        SequencedMap<String, ObjectNode> objects = new LinkedHashMap<>();
        for (JsonNode resource : kustomization.path("resources")) {
            if (resource.asText().equals("../../base")) {
                objects.putAll(built("base"));
            } else {
                Yaml.read(Checkout.text(FOLDER + folder + "/" + resource.asText()))
                        .forEach(object -> objects.put(ChartObjects.key(object), (ObjectNode) object));
            }
        }
        for (JsonNode patch : kustomization.path("patches")) {
            JsonNode what = Yaml.tree(patch.path("patch").asText());
            List<ObjectNode> targets = objects.values().stream()
                    .filter(object -> isMeant(patch.path("target"), object))
                    .toList();
            assertThat(targets).as(patch.toString()).isNotEmpty();
            if (what.path("$patch").asText().equals("delete")) {
                targets.forEach(object -> objects.remove(ChartObjects.key(object)));
            } else {
                targets.forEach(object -> Patch.apply(what, object));
            }
        }
        return new TreeMap<>(objects);
    }

    private static boolean isMeant(JsonNode target, ObjectNode object) {
        return target.path("kind").asText().equals(ChartObjects.kind(object))
                && ChartObjects.name(object).matches(target.path("name").asText());
    }

    @Test
    void nothingIsSaidOfTheNamespaceButItsName() throws IOException {
        Map<String, String> files = KustomizeFiles.all();

        assertThat(files.get("base/bridge-service.yaml")).contains("$(BASCULE_BRIDGE_ID).$(POD_NAMESPACE).svc");
        assertThat(files.values()).noneMatch(text -> text.contains("platform"));
        assertThat(files.get("overlays/staging/kustomization.yaml")).contains("namespace: bascule-staging\n");
    }

    /** By Kustomize itself, which kubectl has inside. */
    @ParameterizedTest
    @EnumSource(names = {"BASE", "STAGING", "PRODUCTION"})
    @Tag("cluster")
    void kustomizeBuildsTheSame(Variant variant) throws Exception {
        String folder = variant == Variant.BASE ? "base" : "overlays/" + variant.folder();

        String said = new Shell(Map.of()).run(Duration.ofMinutes(1), List.of("kubectl", "kustomize", FOLDER + folder));

        Map<String, ObjectNode> built = new TreeMap<>();
        Yaml.read(said).forEach(object -> {
            ((ObjectNode) object.path("metadata")).remove("namespace");
            built.put(ChartObjects.key(object), (ObjectNode) object);
        });
        assertThat(built).isEqualTo(new TreeMap<>(ChartObjects.of(variant.render())));
    }
}

package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that every image's file keeps. */
class DockerfileTests {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    static List<String> dockerfiles() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.file("deploy/docker"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".Dockerfile"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> lines(String dockerfile) {
        return Checkout.text("deploy/docker/" + dockerfile)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void itRunsWithoutPrivileges(String dockerfile) {
        List<String> lines = lines(dockerfile);
        boolean ownUser = lines.contains("USER 65532:65532");
        boolean unprivilegedBase = lines.contains("FROM ${NGINX}")
                && lines.getFirst().startsWith("ARG NGINX=nginxinc/nginx-unprivileged:");

        assertThat(ownUser || unprivilegedBase).isTrue();
        assertThat(lines).doesNotContain("USER root", "USER 0");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void olderEnginesUnderstandIt(String dockerfile) {
        assertThat(lines(dockerfile))
                .noneMatch(line -> line.contains("--mount=")
                        || line.contains("--chmod")
                        || line.contains("--link")
                        || line.contains("<<"));
    }

    /** An argument from before the first stage is empty in one that does not repeat it, and nobody is told. */
    @ParameterizedTest
    @MethodSource("dockerfiles")
    void eachStageRepeatsTheArgumentsThatItUses(String dockerfile) {
        Set<String> known = new HashSet<>();
        for (String line : lines(dockerfile)) {
            if (line.startsWith("FROM ")) {
                known.clear();
            } else if (line.startsWith("ARG ")) {
                known.add(line.substring(4).replaceFirst("=.*", ""));
            } else {
                assertThat(VARIABLE.matcher(line).results().map(use -> use.group(1)))
                        .as(line)
                        .isSubsetOf(known);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void itsPublicBasesHaveAVersion(String dockerfile) {
        assertThat(lines(dockerfile).stream()
                        .filter(line -> line.startsWith("FROM ") || line.matches("ARG [A-Z]+=.*"))
                        .map(line ->
                                line.replaceFirst("^(FROM |ARG [A-Z]+=)", "").replaceFirst(" AS .*", ""))
                        .filter(base -> !base.startsWith("${")))
                .isNotEmpty()
                .allMatch(base -> base.matches("[a-z/-]+:[a-z0-9.-]+"));
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void whatItCopiesFromTheCheckoutIsNotIgnored(String dockerfile) {
        List<String> allowed = Checkout.text(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1).replaceFirst("\\*.*", ""))
                .toList();

        assertThat(lines(dockerfile).stream()
                        .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                        .map(line -> List.of(line.substring(5).split(" ")))
                        .flatMap(words -> words.subList(0, words.size() - 1).stream())
                        .filter(source -> !source.startsWith("${")))
                .isNotEmpty()
                .allMatch(source -> allowed.stream().anyMatch(source::startsWith));
    }
}

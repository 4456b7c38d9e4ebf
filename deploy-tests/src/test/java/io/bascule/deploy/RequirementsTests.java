package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of requirements names files and tests that are there. */
class RequirementsTests {

    private static final String TABLE = Checkout.text("docs/reference/requirements.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");
    private static final Pattern FILE = Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)+|[\\w-]+\\.(?:ya?ml|json))`");
    private static final Set<String> ELSEWHERE = Set.of("node_modules", "target", ".git");

    private static Stream<String> named(Pattern pattern) {
        return pattern.matcher(TABLE).results().map(match -> match.group(1)).distinct();
    }

    @Test
    void everyTestItNamesIsThere() throws IOException {
        try (Stream<Path> modules = Files.list(Checkout.root())) {
            Set<String> tests = modules.filter(
                            module -> !ELSEWHERE.contains(module.getFileName().toString()))
                    .flatMap(module -> tests(module.resolve("src/test/java")))
                    .collect(Collectors.toSet());

            assertThat(named(TEST)).hasSizeGreaterThan(15).isSubsetOf(tests);
        }
    }

    private static Stream<String> tests(Path sources) {
        if (!Files.isDirectory(sources)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Tests.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyFileItNamesIsThere() {
        assertThat(named(FILE))
                .hasSizeGreaterThan(10)
                .allSatisfy(path ->
                        assertThat(Files.exists(Checkout.file(path))).as(path).isTrue());
    }
}

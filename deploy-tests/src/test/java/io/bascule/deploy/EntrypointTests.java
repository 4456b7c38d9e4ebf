package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What images' entry points make of their variables. In the place of the programs stands one that says what it was given. */
class EntrypointTests {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @BeforeEach
    void standIn() throws Exception {
        Shell.standIn(folder, "java", "echo \"$BASCULE_PASSWORD ${BASCULE_PASSWORD_FILE:-} $*\"");
        Shell.standIn(folder, "nginx", "echo \"$*\"");
        Shell.standIn(folder, "pgbouncer", "echo \"$*\"");
        Files.writeString(folder.resolve("password"), "of the file");
    }

    /** With these variables alone. */
    private String run(Map<String, String> variables, String... program) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=%s:/usr/bin:/bin".formatted(folder)));
        variables.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(program));
        return new Shell(Map.of()).run(SOON, command).strip();
    }

    private String entrypoint(Map<String, String> variables) throws Exception {
        return run(variables, Checkout.file("deploy/docker/entrypoint").toString(), "run");
    }

    @Test
    void aFilesContentBecomesTheVariable() throws Exception {
        assertThat(entrypoint(Map.of(
                        "BASCULE_PASSWORD_FILE", folder.resolve("password").toString())))
                .isEqualTo("of the file  -jar app.jar run");
    }

    @Test
    void aValueOfItsOwnGoesBeforeTheFiles() throws Exception {
        assertThat(entrypoint(Map.of("BASCULE_PASSWORD", "own", "BASCULE_PASSWORD_FILE", "/there/is/none")))
                .isEqualTo("own  -jar app.jar run");
    }

    @Test
    void anEmptyNameNamesNoFile() throws Exception {
        assertThat(entrypoint(Map.of("BASCULE_PASSWORD_FILE", ""))).isEqualTo("-jar app.jar run");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> entrypoint(Map.of("BASCULE_PASSWORD_FILE", "/there/is/none")))
                .hasMessageContaining("BASCULE_PASSWORD_FILE: /there/is/none (expected: a file");
    }

    @Test
    void aPoolWithoutItsPasswordDoesNotStart() {
        assertThatThrownBy(() -> run(
                        Map.of("BASCULE_DATABASE_PASSWORD_FILE", "/there/is/none"),
                        "sh",
                        Checkout.file("deploy/docker/pgbouncer.sh").toString()))
                .hasMessageContaining("No such file");
    }

    private void startRegistries(String pypi) throws Exception {
        String script = Checkout.file("deploy/docker/registries.sh").toString();
        run(Map.of("BASCULE_REGISTRIES_PYPI", pypi), "sh", script);
    }

    @Test
    void aRegistryThatIsNoUrlIsRefused() {
        assertThatThrownBy(() -> startRegistries("https://pypi.example.org/simple; return 200"))
                .hasMessageContaining(
                        "registries: https://pypi.example.org/simple; return 200 (expected: http(s)://HOST");
    }

    @Test
    void aRegistrysPasswordIsRefusedAndNotTold() {
        assertThatThrownBy(() -> startRegistries("https://me:geheim@pypi.example.org/simple"))
                .hasMessageContaining("registries: https://***@pypi.example.org/simple (expected")
                .hasMessageContaining("without a password");
    }
}

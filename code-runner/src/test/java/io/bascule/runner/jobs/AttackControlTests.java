package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The control of all attacks: outside the sandbox each of them works, so that it is the sandbox that makes it fail. */
@TestInstance(Lifecycle.PER_CLASS)
@NeedsSandbox
@Timeout(120)
class AttackControlTests {

    private Target target;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        target = Target.create(directory);
    }

    @AfterAll
    void stop() throws Exception {
        target.close();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("io.bascule.runner.jobs.Attacks#thatWorkOutside")
    void worksOutside(Attack attack, Language language, @TempDir Path directory) throws Exception {
        Attacks.assumeThereIs(language);
        assumeTrue(
                "root".equals(System.getProperty("user.name")) || !Attacks.ROOT_ONLY.contains(attack.name()),
                "only root's control shows it");

        // Two folders down: an attack that climbs ends in the test's own directory.
        Path home = Files.createDirectories(directory.resolve("home/of"));
        String result = Control.result(language, home, attack.source(language), target.outside(directory));

        assertThat(result.replace("x".repeat(8 << 20), "ok")).matches("\"ok\"|\\[(\"ok\",? ?)+]");
    }
}

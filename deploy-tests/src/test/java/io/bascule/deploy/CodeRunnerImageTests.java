package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tries all attacks inside the code runner's image, under each kind of user and permissions that it is meant for. Needs an engine
 * ({@code DOCKER_HOST} or the usual socket) and the modules' jars: {@code ./mvnw -Pcontainers verify}. An image that is there
 * already may be named by {@code BASCULE_TEST_RUNNER_IMAGE}; its launcher, Node and Python are the ones that are attacked.
 */
@Tag("containers")
@Timeout(3000)
class CodeRunnerImageTests {

    private static final Duration LONG = Duration.ofMinutes(20);
    private static final String BUILT = "bascule/code-runner:attacked";
    private static final String ORDINARY_USER = "--user=65532:65532 --cap-drop=ALL --security-opt=no-new-privileges";
    private static final String READ_ONLY = "--read-only --tmpfs=/tmp:rw,exec,nosuid,nodev,mode=1777,size=2g";
    private static final String ROOT = "--user=0:0";
    private static final String USER_NAMESPACES = "--security-opt=seccomp=unconfined";

    private static String image;
    private static Shell shell;

    /** As whom and with what it runs, and the level that it must reach. */
    private enum Setting {
        /** As the profile "restricted" of the Pod Security Standards has it, and the chart. */
        RESTRICTED_POD("confined", ORDINARY_USER, READ_ONLY),
        ORDINARY_USER_WITH_USER_NAMESPACES("namespaced", ORDINARY_USER, READ_ONLY, USER_NAMESPACES),
        ROOT_WITHOUT_USER_NAMESPACES("confined", ROOT),
        ROOT_WITH_USER_NAMESPACES("namespaced", ROOT, USER_NAMESPACES);

        private final String level;
        private final String options;

        Setting(String level, String... options) {
            this.level = level;
            this.options = String.join(" ", options);
        }
    }

    @BeforeAll
    static void build() throws Exception {
        shell = new Shell(Map.of());
        Optional<String> given = Optional.ofNullable(System.getenv("BASCULE_TEST_RUNNER_IMAGE"));
        image = given.orElse(BUILT);
        if (given.isEmpty()) {
            shell.run(
                    LONG,
                    List.of("docker", "build", "--file", "deploy/docker/code-runner.Dockerfile", "--tag", BUILT, "."));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyAttackFails(Setting setting) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--network=none"));
        command.addAll(List.of(setting.options.split(" ")));
        command.add("--volume=%s:/suite:ro".formatted(Checkout.file("code-runner/target")));
        command.addAll(List.of("--entrypoint=java", image));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dbascule.test.launcher=/app/sandbox-launcher",
                "-cp",
                "/suite/test-classes:/suite/classes:/suite/attack-suite/*",
                "io.bascule.runner.jobs.AttackSuite",
                setting.level));

        String said = shell.run(LONG, command);

        assertThat(said).contains(" 0 failed, 0 skipped").doesNotContain(" 0 passed");
        System.out.println(setting + ": " + said.lines().reduce("", (_, last) -> last));
    }
}

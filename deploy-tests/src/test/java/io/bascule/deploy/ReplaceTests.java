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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/compose/replace} before an engine that keeps the containers of {@code api} in a file. With a real one: {@link
 * ComposeRunTests}.
 */
@Timeout(120)
class ReplaceTests {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String COMPOSE = """
            cd %s
            for service; do :; done
            echo "$*" >>calls
            case "$*" in
            (ps*) cat "$service" ;;
            (*--scale*)
              most=${*##*=} most=${most%% *}
              while [ "$(wc -l <"$service")" -lt "$most" ]; do
                echo >>made
                echo "new-$(wc -l <made)" >>"$service"
              done
              wc -l <"$service" >>numbers ;;
            esac""";

    @TempDir
    private Path folder;

    @BeforeEach
    void standIn() throws Exception {
        write("api", "old");
        write("alone", "");
        write("state", "running healthy");
        Shell.standIn(folder, "docker-compose", COMPOSE.formatted(folder));
        standInEngine("exit 1");
        Shell.standIn(folder, "sleep", "");
    }

    /** @param compose what it does when it is asked for Compose, which older engines do not have */
    private void standInEngine(String compose) throws Exception {
        Shell.standIn(folder, "docker", """
                cd %s
                case "$*" in
                (compose*) %s ;;
                (inspect*HostConfig*) cat alone ;;
                (inspect*) cat state ;;
                (stop*) shift 3; echo "$*" >>stops ;;
                (rm*) for container; do sed -i "/^$container$/d" api; done ;;
                esac""".formatted(folder, compose));
    }

    private void write(String file, String line) throws Exception {
        Files.writeString(folder.resolve(file), line.isEmpty() ? "" : line + "\n");
    }

    private void replace(String... services) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Checkout.file("deploy/compose/replace").toString()));
        command.addAll(List.of(services));
        new Shell(Map.of("PATH", folder + ":" + System.getenv("PATH"))).run(SOON, command);
    }

    private Path api() {
        return folder.resolve("api");
    }

    @Test
    void theOldOneLeavesOnceTheNewOneIsWell() throws Exception {
        replace("api");

        assertThat(api()).hasContent("new-1");
    }

    /** Whoever the door asks and does not answer is one of two at most: it asks three. */
    @Test
    void noMoreThanTwoComeAndGoAtOnce() throws Exception {
        write("api", "old-1\nold-2\nold-3\nold-4\nold-5");

        replace("api");

        assertThat(folder.resolve("numbers")).content().containsIgnoringWhitespaces("7 7 6");
        assertThat(folder.resolve("stops")).hasContent("old-1 old-2\nold-3 old-4\nold-5");
        assertThat(api()).hasContent("new-1\nnew-2\nnew-3\nnew-4\nnew-5");
    }

    /** Two versions of Compose beside each other would not know each other's containers. */
    @Test
    void composeOfTheEngineGoesBeforeTheProgramOfItsOwn() throws Exception {
        Files.move(folder.resolve("docker-compose"), folder.resolve("compose-of-the-engine"));
        Shell.standIn(folder, "docker-compose", "exit 1");
        standInEngine("shift; [ \"$1\" = version ] || ./compose-of-the-engine \"$@\"");

        replace("api");

        assertThat(api()).hasContent("new-1");
    }

    @Test
    void theNewOneLeavesWhereItIsNotWell() throws Exception {
        write("state", "running unhealthy");

        assertThatThrownBy(() -> replace("api")).hasMessageContaining("a new container of api is not healthy");
        assertThat(api()).hasContent("old");
    }

    @Test
    void theNewOneLeavesWhenNobodyWaitsForItAnyMore() throws Exception {
        write("state", "running starting");
        Shell.standIn(folder, "sleep", "kill -TERM $PPID");

        assertThatThrownBy(() -> replace("api"));
        assertThat(api()).hasContent("old");
    }

    @Test
    void whoIsStoppedWhileTheOldOneLeavesIsToldOfIt() throws Exception {
        Shell.standIn(folder, "sleep", "kill -TERM $PPID");

        assertThatThrownBy(() -> replace("api")).hasMessageContaining("these are still to go: old");
        assertThat(api()).hasContent("old\nnew-1");
    }

    @Test
    void whatKeepsDataIsNeverThereTwice() throws Exception {
        write("alone", "volume");

        replace("api");

        assertThat(folder.resolve("calls"))
                .content()
                .contains("--force-recreate")
                .doesNotContain("--scale");
    }

    /** Part of what services tell each other would be told to each of two. */
    @Test
    void redisIsNeverThereTwice() throws Exception {
        write("redis", "old");

        replace("redis");

        assertThat(folder.resolve("calls"))
                .content()
                .contains("--force-recreate")
                .doesNotContain("--scale");
    }

    @Test
    void nothingChangesWhereTheEngineDoesNotSayWhatKeepsData() throws Exception {
        Files.delete(folder.resolve("alone"));

        assertThatThrownBy(() -> replace("api"));
        assertThat(folder.resolve("calls")).content().doesNotContain("up ");
    }

    @Test
    void nothingChangesWhereOneOfThemIsNotThere() throws Exception {
        write("web", "");

        assertThatThrownBy(() -> replace("api", "web")).hasMessageContaining("web does not run: start it");
        assertThatThrownBy(() -> replace("api", "nosuch"));
        assertThatThrownBy(() -> replace("--help")).hasMessageContaining("usage: replace SERVICE");
        assertThat(api()).hasContent("old");
    }
}

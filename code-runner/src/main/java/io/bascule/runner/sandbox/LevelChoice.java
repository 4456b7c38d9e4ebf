package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which level this machine permits, by making what the level needs. */
final class LevelChoice {

    private static final Logger log = LoggerFactory.getLogger(LevelChoice.class);
    private static final String ANSWER = "namespaces ";
    private static final String REMEDY =
            "Let the runner make user namespaces (docs/operations/code-runner.md says how), or lower"
                    + " bascule.runner.minimum-level to confined.";

    private LevelChoice() {}

    /**
     * The highest level that may be reached for and can be had.
     *
     * @throws SandboxUnavailableException when that is less than the least that is demanded
     */
    static SandboxLevel choose(SandboxProperties properties, SandboxFiles files) throws IOException {
        if (properties.level().compareTo(properties.minimumLevel()) < 0) {
            throw new SandboxUnavailableException(
                    "bascule.runner.level is %s, and bascule.runner.minimum-level is %s."
                            .formatted(
                                    properties.level().label(),
                                    properties.minimumLevel().label()),
                    "Raise the one or lower the other.");
        }
        return switch (properties.level()) {
            case CONFINED -> SandboxLevel.CONFINED;
            case NAMESPACED -> namespacedIfPossible(properties.minimumLevel(), files);
        };
    }

    private static SandboxLevel namespacedIfPossible(SandboxLevel minimum, SandboxFiles files) throws IOException {
        String reason = whyNoNamespaces(files.launcher(), files.view());
        if (reason.equals("ok")) {
            return SandboxLevel.NAMESPACED;
        }
        if (minimum == SandboxLevel.NAMESPACED) {
            throw new SandboxUnavailableException(
                    "the sandbox reaches the level confined, and bascule.runner.minimum-level is namespaced (%s)."
                            .formatted(reason),
                    REMEDY);
        }
        log.info("No namespaces can be had here ({}), so functions run confined without them", reason);
        return SandboxLevel.CONFINED;
    }

    private static String whyNoNamespaces(Path launcher, Path view) throws IOException {
        String output = new ProgramCall(List.of(launcher.toString(), "--namespaces", view.toString()), Map.of())
                .output()
                .strip();
        return output.startsWith(ANSWER) ? output.substring(ANSWER.length()) : "the launcher said: " + output;
    }
}

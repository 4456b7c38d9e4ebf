package io.bascule.cli.dev;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the source tree that this command was built from. */
final class Platform {

    private Platform() {}

    /** What the launcher says, else the folder above {@code cli/target}. */
    static Path checkout() {
        String told = System.getProperty("bascule.checkout", "");
        if (!told.isEmpty()) {
            return Path.of(told);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(".mvn/find-jdk.sh"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new CommandFailure(ExitCode.USAGE, "`bascule dev` runs in a checkout of Bascule: change into one");
        }
        return folder;
    }
}

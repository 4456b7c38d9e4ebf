package io.bascule.local.store;

import io.bascule.local.process.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a program that refuses to run as root is run all the same. An ordinary user runs it as it is; root, and a user
 * without a name, run it in a user namespace, where files keep their owner, or root as {@code nobody} where namespaces are
 * forbidden.
 */
final class Unprivileged {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private final List<String> prefix;

    private Unprivileged(List<String> prefix) {
        this.prefix = prefix;
    }

    static Unprivileged find() {
        if (userId() != ROOT && hasName()) {
            return new Unprivileged(List.of());
        }
        return Stream.of(NAMESPACE, AS_NOBODY)
                .filter(Unprivileged::works)
                .findFirst()
                .map(Unprivileged::new)
                .orElseThrow(() -> new LocalFailure("PostgreSQL does not run as root or as a user without a name, and "
                        + "neither `unshare -U` nor `setpriv` works here: run ./bascule dev as an ordinary user"));
    }

    /** A container may run as a user that the system's list of users does not have. */
    private static boolean hasName() {
        return !System.getProperty("user.name", "?").equals("?");
    }

    private static int userId() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean works(List<String> prefix) {
        try {
            return new ProcessBuilder(with(prefix, List.of("true")))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new LocalFailure("Interrupted", e);
        }
    }

    List<String> command(List<String> command) {
        return with(prefix, command);
    }

    private static List<String> with(List<String> prefix, List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Lets the program own a file or a folder with all that is in it. */
    void give(Path path) {
        if (!prefix.equals(AS_NOBODY)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", NOBODY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

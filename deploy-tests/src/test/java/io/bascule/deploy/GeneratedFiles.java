package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files that this build writes and that are committed, so that they can be used without it and reviewed. Run a test that
 * holds some with {@code -Ddeploy.refresh} to write them anew.
 */
public final class GeneratedFiles {

    private static final String REFRESH =
            "./mvnw -Pquick -pl deploy-tests -am test -Dtest='*FilesTests' -Ddeploy.refresh -Dsurefire.failIfNoSpecifiedTests=false";

    private GeneratedFiles() {}

    /** Fails unless a folder holds exactly these, by their path in it, beside what is written by hand: README.md and scripts. */
    public static void areAllOf(String folder, Map<String, String> files) {
        Path root = Checkout.file(folder);
        if (System.getProperty("deploy.refresh") != null) {
            write(root, files);
        }
        assertThat(present(root))
                .as("files of %s; if they shall change: %s", folder, REFRESH)
                .containsExactlyInAnyOrderElementsOf(files.keySet());
        files.forEach((path, text) -> assertThat(Checkout.text(folder + "/" + path))
                .as("%s/%s; if it shall change, review and commit what this writes: %s", folder, path, REFRESH)
                .isEqualTo(text));
    }

    /** Fails unless the part of a page between two marks is this text. */
    public static void isPartOf(String page, String mark, String text) {
        String whole = Checkout.text(page);
        String begin = "<!-- %s -->\n".formatted(mark);
        String end = "<!-- end of %s -->".formatted(mark);
        assertThat(whole).contains(begin, end);
        int from = whole.indexOf(begin) + begin.length();
        int to = whole.indexOf(end);
        if (System.getProperty("deploy.refresh") != null) {
            put(Checkout.file(page), whole.substring(0, from) + text + whole.substring(to));
            return;
        }
        assertThat(whole.substring(from, to))
                .as("%s of %s; if it shall change: %s", mark, page, REFRESH)
                .isEqualTo(text);
    }

    private static void write(Path root, Map<String, String> files) {
        try {
            for (String old : present(root)) {
                if (!files.containsKey(old)) {
                    Files.delete(root.resolve(old));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.forEach((path, text) -> put(root.resolve(path), text));
    }

    private static void put(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> present(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(path -> path.endsWith(".yaml") || path.endsWith(".json"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

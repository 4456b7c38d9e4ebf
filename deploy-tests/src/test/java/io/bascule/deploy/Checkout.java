package io.bascule.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files that are deployed. */
public final class Checkout {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Checkout() {}

    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("run within the checkout");
            }
            folder = parent;
        }
        return folder;
    }

    public static Path file(String path) {
        return root().resolve(path);
    }

    public static Path chart() {
        return file("charts/bascule");
    }

    public static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML file as others see it: with its anchors and merges followed. */
    public static JsonNode yaml(String path) {
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(path));
        return JSON.valueToTree(content);
    }
}

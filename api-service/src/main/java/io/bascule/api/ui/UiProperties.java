package io.bascule.api.ui;

import jakarta.validation.constraints.AssertTrue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The web UI.
 *
 * @param directory the folder of the built UI, with an {@code index.html} and a {@code console/index.html}; without it no UI is
 *     served
 */
@Validated
@ConfigurationProperties(prefix = "bascule.ui", ignoreUnknownFields = false)
record UiProperties(@Nullable Path directory) {

    private static final List<String> DOCUMENTS = List.of("index.html", "console/index.html");

    @AssertTrue(message = "bascule.ui.directory has no index.html or no console/index.html: build the UI, or unset it")
    boolean isBuilt() {
        return directory == null || DOCUMENTS.stream().map(directory::resolve).allMatch(Files::isRegularFile);
    }
}

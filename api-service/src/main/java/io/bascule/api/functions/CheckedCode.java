package io.bascule.api.functions;

import io.bascule.bundles.Archive;
import io.bascule.bundles.BundledFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version's code as it is kept.
 *
 * @param source the text with the handler; of a bundle, that of its main file
 * @param bundle null when the code is one text
 */
record CheckedCode(String source, @Nullable CheckedBundle bundle) {

    static CheckedCode text(String source) {
        return new CheckedCode(source, null);
    }

    /**
     * Several files.
     *
     * @param main the path of the file with the handler
     */
    record CheckedBundle(Archive archive, String main, List<BundledFile> files) {

        CheckedBundle {
            files = List.copyOf(files);
        }
    }
}

package io.bascule.api.functions;

import io.bascule.bundles.Archive;
import io.bascule.bundles.Bundle;
import io.bascule.bundles.BundleFiles;
import io.bascule.bundles.BundleLimits;
import io.bascule.bundles.InvalidBundleException;
import io.bascule.bundles.NpmLock;
import io.bascule.service.problem.FieldProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version's code as it is sent, which is one text or a bundle; any part may be missing or wrong.
 *
 * @param bundle a zip archive in Base64
 * @param main the file of the bundle that has the handler; the usual one when absent
 */
record WantedCode(
        @Nullable String source,
        @Nullable String bundle,
        @Nullable String main) {

    private static final int LARGEST_SOURCE = 1024 * 1024;
    private static final int LONGEST_BASE64 = (BundleLimits.ARCHIVE_BYTES + 2) / 3 * 4;

    /** Code that keeps to its limits; empty when it does not, and what is wrong is among the problems. */
    Optional<CheckedCode> check(String runtime, List<FieldProblem> problems) {
        return bundle == null ? checkText(problems) : checkBundle(runtime, bundle, problems);
    }

    private Optional<CheckedCode> checkText(List<FieldProblem> problems) {
        if (main != null) {
            problems.add(new FieldProblem("/main", "it names a file of a bundle, and there is no bundle"));
        }
        Optional<String> wrong = wrong(source);
        wrong.ifPresent(detail -> problems.add(new FieldProblem("/source", detail)));
        return wrong.isPresent() ? Optional.empty() : Optional.of(CheckedCode.text(Objects.requireNonNull(source)));
    }

    private Optional<CheckedCode> checkBundle(String runtime, String base64, List<FieldProblem> problems) {
        if (source != null) {
            problems.add(new FieldProblem("/source", "leave it out: the code is in the bundle"));
        }
        try {
            return Optional.of(unpack(runtime, decode(base64)));
        } catch (InvalidBundleException invalid) {
            problems.add(new FieldProblem("/bundle", String.valueOf(invalid.getMessage())));
            return Optional.empty();
        }
    }

    private static Archive decode(String base64) throws InvalidBundleException {
        byte[] archive = base64.length() > LONGEST_BASE64 ? null : bytes(base64);
        if (archive == null || archive.length > BundleLimits.ARCHIVE_BYTES) {
            throw new InvalidBundleException(
                    "the archive has more than %d bytes".formatted(BundleLimits.ARCHIVE_BYTES));
        }
        return new Archive(archive);
    }

    private static byte[] bytes(String base64) throws InvalidBundleException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidBundleException("expected a zip archive in Base64");
        }
    }

    private CheckedCode unpack(String runtime, Archive archive) throws InvalidBundleException {
        BundleFiles files = archive.unpack(BundleLimits.OF_AUTHORS);
        String named = main == null ? "" : main;
        Bundle read = runtime.equals("python")
                ? Bundle.python(files, named)
                : Bundle.javascript(files, named, NpmLock.processor());
        String text = text(read);
        Optional<String> wrong = wrong(text);
        if (wrong.isPresent()) {
            throw new InvalidBundleException(read.main(), wrong.get());
        }
        return new CheckedCode(text, new CheckedCode.CheckedBundle(archive, read.main(), files.list()));
    }

    private static String text(Bundle bundle) throws InvalidBundleException {
        byte[] content = bundle.files().content(bundle.main());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new InvalidBundleException(bundle.main(), "it is not UTF-8");
        }
    }

    private static Optional<String> wrong(@Nullable String code) {
        if (code == null || code.isBlank()) {
            return Optional.of("give the function's code, with a `handler(input, context)`");
        }
        if (code.getBytes(StandardCharsets.UTF_8).length > LARGEST_SOURCE) {
            return Optional.of("expected at most %d bytes".formatted(LARGEST_SOURCE));
        }
        return code.indexOf('\0') >= 0 ? Optional.of("it contains a NUL character") : Optional.empty();
    }
}

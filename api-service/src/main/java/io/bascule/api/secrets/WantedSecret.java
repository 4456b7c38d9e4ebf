package io.bascule.api.secrets;

import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.secret.SecretReferences;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value as it is sent; it may be missing or wrong.
 *
 * @param value text of 4 characters to 64 KiB in UTF-8
 */
record WantedSecret(
        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String value) {

    private static final int LARGEST = 64 * 1024;
    /** Logs cannot be masked for shorter ones. */
    private static final int SHORTEST = 4;

    private static final Pattern NAME = Pattern.compile(SecretReferences.NAME);

    /** The value's bytes; names all that is wrong at once. */
    byte[] check(String name) {
        List<FieldProblem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(new FieldProblem(
                    "/name",
                    "use 1 to 63 letters, digits, _ and -, beginning with a letter and ending with none of _ -"));
        }
        byte[] bytes = value == null ? new byte[0] : encoded(value).orElse(null);
        if (value == null || value.strip().length() < SHORTEST) {
            problems.add(new FieldProblem(
                    "/value", "give at least %d characters: a shorter one could not be masked".formatted(SHORTEST)));
        } else if (bytes == null || value.indexOf('\0') >= 0) {
            problems.add(new FieldProblem("/value", "it is no text: it contains NUL or half a character"));
        } else if (bytes.length > LARGEST) {
            problems.add(
                    new FieldProblem("/value", "%d bytes (expected: at most %d)".formatted(bytes.length, LARGEST)));
        }
        if (bytes == null || !problems.isEmpty()) {
            FieldProblem first = problems.getFirst();
            throw new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
        }
        return bytes;
    }

    private static Optional<byte[]> encoded(String text) {
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return Optional.of(bytes);
        } catch (CharacterCodingException halfACharacter) {
            return Optional.empty();
        }
    }

    /** Never shows the value. */
    @Override
    public String toString() {
        return "WantedSecret[value=***]";
    }
}

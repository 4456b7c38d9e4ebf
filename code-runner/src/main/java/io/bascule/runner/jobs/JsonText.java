package io.bascule.runner.jobs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON value that is safe to hand on: UTF-8, well-formed, not nested beyond what readers bear.
 *
 * @param text the value
 */
public record JsonText(String text) {

    private static final int DEEPEST = 200;
    private static final int LONGEST_STRING = 64 * 1024 * 1024;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_STRING)
                    .build())
            .build();

    /**
     * Checks the bytes.
     *
     * @throws InvalidJsonException saying what is wrong and where
     */
    public static JsonText of(ByteBuffer utf8) {
        String text = decode(utf8);
        String problem = problemIn(text);
        if (problem != null) {
            throw new InvalidJsonException(problem);
        }
        return new JsonText(text);
    }

    private static String decode(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException malformed) {
            throw new InvalidJsonException("it is not UTF-8");
        }
    }

    private static @Nullable String problemIn(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return "it is empty";
            }
            parser.skipChildren();
            return parser.nextToken() == null ? null : "something follows the first value";
        } catch (JacksonException malformed) {
            return malformed.getOriginalMessage().lines().findFirst().orElse("it is not JSON");
        }
    }

    /** The message says what is wrong. */
    public static final class InvalidJsonException extends IllegalArgumentException {

        InvalidJsonException(String problem) {
            super(problem);
        }
    }
}

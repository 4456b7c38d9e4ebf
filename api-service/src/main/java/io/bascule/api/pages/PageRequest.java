package io.bascule.api.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit 1 to 200 items, unless the list says otherwise
 * @param after the position after which it starts; null for the beginning
 */
public record PageRequest(int limit, @Nullable String after) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAXIMUM_LIMIT = 200;

    /** Reads the query parameters {@code limit} and {@code cursor}; refuses what is out of range or not ours. */
    public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
        return of(limit, cursor, MAXIMUM_LIMIT);
    }

    /** The same for a list of small items, of which a page may hold more. */
    public static PageRequest of(@Nullable Integer limit, @Nullable String cursor, int maximum) {
        int size = limit == null ? DEFAULT_LIMIT : limit;
        if (size < 1 || size > maximum) {
            throw invalid("/limit", "limit: %d (expected: 1 to %d)".formatted(size, maximum));
        }
        return new PageRequest(size, cursor == null ? null : decode(cursor));
    }

    /** The position after which the page starts, when it does not start at the beginning. */
    public Optional<String> position() {
        return Optional.ofNullable(after);
    }

    /** How many to read from a store: one more than asked for, which tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    static String cursorAfter(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(UTF_8));
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("/cursor", "cursor: take it from the `next` of the page before, unchanged");
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem(pointer, detail)));
    }
}

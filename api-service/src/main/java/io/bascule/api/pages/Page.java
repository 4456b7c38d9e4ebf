package io.bascule.api.pages;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * A part of a list.
 *
 * @param items at most as many as were asked for
 * @param next what to send as {@code cursor} for the part after this one; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of one item more than it may hold, which tells whether there is a next one.
     *
     * @param position where an item stands in the list's order; the next page starts after it
     */
    public static <T> Page<T> cut(List<T> found, PageRequest request, Function<T, String> position) {
        if (found.size() <= request.limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, request.limit());
        return new Page<>(items, PageRequest.cursorAfter(position.apply(items.getLast())));
    }

    /** What was found before the list was looked at to its end; the next page starts after the position that was looked at last. */
    public static <T> Page<T> before(String position, List<T> found) {
        return new Page<>(found, PageRequest.cursorAfter(position));
    }

    public <R> Page<R> map(Function<T, R> conversion) {
        return new Page<>(items.stream().map(conversion).toList(), next);
    }

    /** The page as the answer to the current request, with a {@code Link} to the next one. */
    public ResponseEntity<Page<T>> toResponse() {
        if (next == null) {
            return ResponseEntity.ok(this);
        }
        String address = ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam("cursor", next)
                .build()
                .toUriString();
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(address))
                .body(this);
    }
}

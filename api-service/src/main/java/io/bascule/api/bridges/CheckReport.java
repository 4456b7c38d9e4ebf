package io.bascule.api.bridges;

import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has to hold of a bridge's words before they are believed: they end up in keys and in certificates. */
final class CheckReport {

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}:[0-9]{1,5}");

    private CheckReport() {}

    static void check(String id, BridgeReport report) {
        refuseIfAny(Stream.of(
                        id(id),
                        authority(report.authority()),
                        present("/bootId", report.bootId()),
                        matching(ADDRESS, "/address", report.address(), "host:port"))
                .filter(Objects::nonNull)
                .toList());
    }

    static void check(String id, @Nullable String authority) {
        refuseIfAny(
                Stream.of(id(id), authority(authority)).filter(Objects::nonNull).toList());
    }

    private static @Nullable FieldProblem id(String id) {
        return matching(ID, "/id", id, "1 to 63 of a-z, 0-9 and -");
    }

    private static @Nullable FieldProblem authority(@Nullable String authority) {
        return matching(DNS_NAME, "/authority", authority, "a DNS name in lower case");
    }

    private static @Nullable FieldProblem matching(
            Pattern pattern, String pointer, @Nullable String value, String expected) {
        return value != null && pattern.matcher(value).matches()
                ? null
                : new FieldProblem(pointer, "%s (expected: %s)".formatted(value, expected));
    }

    private static @Nullable FieldProblem present(String pointer, @Nullable Object value) {
        return value == null ? new FieldProblem(pointer, "is missing") : null;
    }

    private static void refuseIfAny(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            FieldProblem first = problems.getFirst();
            throw new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
        }
    }
}

package io.bascule.api.functions;

import io.bascule.service.problem.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of the hosts that a function may reach; whether they may be reached the code runner decides, call by call. */
final class EgressHosts {

    private static final int MOST = 50;
    private static final int LONGEST = 260;
    private static final Pattern HOST = Pattern.compile(
            "(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:[1-9][0-9]{0,4})?");

    private EgressHosts() {}

    /** Their one form, in lower case; adds what is wrong to the problems. */
    static List<String> check(@Nullable List<@Nullable String> wanted, List<FieldProblem> problems) {
        List<@Nullable String> given = wanted == null ? List.of() : wanted;
        if (given.size() > MOST) {
            problems.add(new FieldProblem("/egress", "%d hosts (expected: at most %d)".formatted(given.size(), MOST)));
        }
        List<String> hosts = new ArrayList<>();
        for (int index = 0; index < Math.min(given.size(), MOST); index++) {
            String host = given.get(index) == null ? "" : given.get(index).toLowerCase(Locale.ROOT);
            if (host.length() > LONGEST || !HOST.matcher(host).matches()) {
                problems.add(new FieldProblem(
                        "/egress/" + index,
                        "expected a host, such as api.example.com, *.example.com or example.com:8443"));
            }
            hosts.add(host);
        }
        return List.copyOf(hosts);
    }
}

package io.bascule.api.functions;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.secret.SecretReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version as it is sent; any part may be missing or wrong.
 *
 * @param source code with a {@code handler(input, context)}; absent with a bundle
 * @param bundle code of several files: a zip archive in Base64, with {@code package-lock.json} or {@code requirements.txt} when it has
 *     dependencies
 * @param main the file of the bundle with the handler; when absent what {@code package.json} says, index.js or main.py
 * @param timeoutSeconds from its start to its result; 30 when absent
 * @param memoryMib for the process, its runtime included; 256 when absent
 * @param egress hosts that it may reach over HTTP, such as {@code api.example.com}, {@code *.example.com} or
 *     {@code example.com:8443}; none when absent
 * @param secrets names of those that it may read as `context.secrets`; none when absent
 * @param resources names of those that it may reach by `context.resource(NAME)`; none when absent
 * @param live false leaves `live` where it is; it stands for the new version otherwise
 */
record WantedVersion(
        @Nullable String source,
        @Nullable String bundle,
        @Nullable String main,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer memoryMib,
        @Nullable List<@Nullable String> egress,
        @Nullable List<@Nullable String> secrets,
        @Nullable List<@Nullable String> resources,
        @Nullable Boolean live) {

    private static final int DEFAULT_TIMEOUT = 30;
    private static final int LONGEST_TIMEOUT = 900;
    private static final int DEFAULT_MEMORY = 256;
    private static final int LEAST_MEMORY = 96;
    private static final int MOST_MEMORY = 1024;
    private static final Pattern SECRET = Pattern.compile(SecretReferences.NAME);

    /** A version that keeps to its limits. */
    record Checked(
            CheckedCode code,
            int timeoutSeconds,
            int memoryMib,
            List<String> egress,
            List<String> secrets,
            List<String> resources) {}

    /**
     * Names all that is wrong at once, together with what the caller has found already.
     *
     * @param runtime of its function
     */
    Checked check(String runtime, List<FieldProblem> found) {
        List<FieldProblem> problems = new ArrayList<>(found);
        int timeout = timeoutSeconds == null ? DEFAULT_TIMEOUT : timeoutSeconds;
        int memory = memoryMib == null ? DEFAULT_MEMORY : memoryMib;
        Optional<CheckedCode> code = new WantedCode(source, bundle, main).check(runtime, problems);
        List<String> hosts = EgressHosts.check(egress, problems);
        List<String> names = GrantedNames.check("/secrets", secrets, WantedVersion::secretProblem, problems);
        List<String> reachable = GrantedNames.check("/resources", resources, Names::problem, problems);
        range("/timeoutSeconds", timeout, 1, LONGEST_TIMEOUT, problems);
        range("/memoryMib", memory, LEAST_MEMORY, MOST_MEMORY, problems);
        if (code.isEmpty() || !problems.isEmpty()) {
            FieldProblem first = problems.getFirst();
            throw new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
        }
        return new Checked(code.get(), timeout, memory, hosts, names, reachable);
    }

    /** Whether `live` is to stay where it is. */
    boolean isHeldBack() {
        return Boolean.FALSE.equals(live);
    }

    private static Optional<FieldProblem> secretProblem(String pointer, String name) {
        return SECRET.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(new FieldProblem(pointer, "expected a secret's name, such as DB_PASSWORD"));
    }

    private static void range(String pointer, int value, int least, int most, List<FieldProblem> problems) {
        if (value < least || value > most) {
            problems.add(new FieldProblem(pointer, "%d (expected: %d to %d)".formatted(value, least, most)));
        }
    }
}

package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * One thing that hostile code tries.
 *
 * @param name of its source, in each language, among the test resources
 * @param end how a job ends that tries it
 */
record Attack(String name, Set<Language> languages, End end) {

    /** How an attack's failing looks. */
    sealed interface End {

        /** Its function returns "ok" for what worked, so outside the sandbox it returns nothing else, and inside not once. */
        record Refused() implements End {}

        /** Stopped at one of these. */
        record AtLimit(Set<LimitKind> kinds) implements End {}

        /** The function has failed, in the runner's word for it. */
        record AsFailure(String name) implements End {}

        /** It comes to this result of its own, which it could have returned, and to nothing else. */
        record OwnResult(String output) implements End {}
    }

    static Attack refused(String name, Language... languages) {
        return new Attack(name, setOf(languages), new End.Refused());
    }

    static Attack stoppedAt(Set<LimitKind> kinds, String name, Language... languages) {
        return new Attack(name, setOf(languages), new End.AtLimit(kinds));
    }

    static Attack stoppedAt(LimitKind kind, String name, Language... languages) {
        return stoppedAt(Set.of(kind), name, languages);
    }

    static Attack failsAs(String failure, String name, Language... languages) {
        return new Attack(name, setOf(languages), new End.AsFailure(failure));
    }

    static Attack comesTo(String output, String name, Language... languages) {
        return new Attack(name, setOf(languages), new End.OwnResult(output));
    }

    private static Set<Language> setOf(Language... languages) {
        return EnumSet.copyOf(Arrays.asList(languages));
    }

    boolean isStoppedAt(LimitKind kind) {
        return end instanceof End.AtLimit(Set<LimitKind> kinds) && kinds.contains(kind);
    }

    void assertFailed(TestRunner.Ran ran) {
        var outcome = assertThat(ran.outcome()).as("%s, log: %.2000s", name, ran.log());
        switch (end) {
            case End.Refused _ ->
                outcome.isInstanceOfSatisfying(
                        Succeeded.class,
                        succeeded -> assertThat(succeeded.output())
                                .as(name)
                                .contains("\"")
                                .doesNotContain("\"ok\""));
            case End.AtLimit(Set<LimitKind> kinds) ->
                outcome.isInstanceOfSatisfying(
                        HitLimit.class, hit -> assertThat(hit.kind()).isIn(kinds));
            case End.AsFailure(String failure) ->
                outcome.isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.name()).isEqualTo(failure));
            case End.OwnResult(String output) -> outcome.isEqualTo(new Succeeded(output));
        }
    }

    String source(Language language) {
        String file = "/attacks/" + name + (language == Language.PYTHON ? ".py" : ".js");
        try (InputStream content = Objects.requireNonNull(Attack.class.getResourceAsStream(file), file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(file, failure);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

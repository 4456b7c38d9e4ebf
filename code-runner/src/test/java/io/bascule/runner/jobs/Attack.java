package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * One thing that hostile code tries. Its function returns "ok" for what worked, so outside the sandbox it returns nothing
 * else; inside, all of it is refused, or the job is stopped at a limit.
 *
 * @param name of its source, in each language, among the test resources
 * @param hits limits of which one must stop it; none when it is refused instead
 */
record Attack(String name, Set<Language> languages, Set<LimitKind> hits) {

    static Attack refused(String name, Language... languages) {
        return new Attack(name, EnumSet.copyOf(Arrays.asList(languages)), Set.of());
    }

    static Attack stoppedAt(LimitKind kind, String name, Language... languages) {
        return new Attack(name, EnumSet.copyOf(Arrays.asList(languages)), Set.of(kind));
    }

    Attack orAt(LimitKind other) {
        Set<LimitKind> both = EnumSet.copyOf(hits);
        both.add(other);
        return new Attack(name, languages, both);
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

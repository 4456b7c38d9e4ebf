package io.bascule.api.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names schemas as our records are named, with the feature in front where the name does not say it: {@code Instance} of
 * the agents is {@code AgentInstance}. Two types of one name are refused rather than mixed up.
 */
final class SchemaNames extends TypeNameResolver {

    private static final String OURS = "io.bascule.";

    private final Map<String, Class<?>> owners = new ConcurrentHashMap<>();

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        if (!type.getName().startsWith(OURS)) {
            return super.nameForClass(type, options);
        }
        String feature = feature(type);
        String simple = type.getSimpleName();
        boolean saysFeature = simple.toLowerCase(Locale.ROOT).contains(feature.toLowerCase(Locale.ROOT));
        String name = saysFeature ? simple : feature + simple;
        Class<?> owner = owners.putIfAbsent(name, type);
        if (owner != null && owner != type) {
            throw new IllegalStateException("%s and %s would both be the schema %s: rename one"
                    .formatted(owner.getName(), type.getName(), name));
        }
        return name;
    }

    /** The package's last part as one thing: {@code agents} becomes {@code Agent}. */
    private static String feature(Class<?> type) {
        String packageName = type.getPackageName();
        String last = packageName.substring(packageName.lastIndexOf('.') + 1);
        String one = last.endsWith("s") ? last.substring(0, last.length() - 1) : last;
        return one.substring(0, 1).toUpperCase(Locale.ROOT) + one.substring(1);
    }
}

package io.bascule.api;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds what a path stands for at once if nothing of it but the version varies. Spring looks such paths up only if they have no
 * variable at all, and tries the conditions of every endpoint for all others: that is each of ours, which all begin with
 * {@code /api/{version}}. What is looked up still has to meet its conditions, the version among them.
 */
@Configuration(proxyBeanMethods = false)
class DirectPaths implements WebMvcRegistrations {

    private static final String VERSION = "{version}";

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Endpoints();
    }

    /** The pattern with the version put in as clients write it; none if something else of it varies. */
    static Stream<String> of(String pattern, String version) {
        return Stream.of(pattern.replace(VERSION, "v" + version)).filter(path -> !path.contains("{"));
    }

    private static final class Endpoints extends RequestMappingHandlerMapping {

        @Override
        protected Set<String> getDirectPaths(RequestMappingInfo endpoint) {
            Set<String> fixed = super.getDirectPaths(endpoint);
            String version = endpoint.getVersionCondition().getVersion();
            if (!fixed.isEmpty() || version == null) {
                return fixed;
            }
            return endpoint.getPatternValues().stream()
                    .flatMap(pattern -> of(pattern, version))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}

package io.bascule.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The version is the second segment of every path below {@code /api/}; nothing else has one. A controller says
 * {@code @RequestMapping(path = "/api/{version}/agents", version = "1")}.
 */
@Configuration(proxyBeanMethods = false)
class ApiVersioning implements WebMvcConfigurer {

    private static final int VERSION_SEGMENT = 1;

    @Override
    public void configureApiVersioning(ApiVersionConfigurer versions) {
        versions.usePathSegment(VERSION_SEGMENT, path -> path.value().startsWith("/api/"))
                .addSupportedVersions("1")
                .setVersionRequired(false);
    }
}

package io.bascule.api.ui;

import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the UI. Files below {@code /assets/} have their content's hash in their name and are kept for a year; all others
 * are asked for anew each time.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("bascule.ui.directory")
class UiFiles implements WebMvcConfigurer {

    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final String location;

    UiFiles(UiProperties properties) {
        this.location = String.valueOf(properties.directory()).replaceFirst("/*$", "/");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("file:" + location + "assets/")
                .setCacheControl(FOREVER);
        registry.addResourceHandler("/**")
                .addResourceLocations("file:" + location)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new PageResolver());
    }
}

package io.bascule.api.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Finds the UI's files; every other address that a browser navigates to is a page of one of its two documents: that of the
 * Console, or that of all else. Addresses of the API and of files that are not there stay unknown.
 */
class PageResolver extends PathResourceResolver {

    private static final String UI = "index.html";
    private static final String CONSOLE = "console/index.html";
    private static final List<String> NOT_PAGES = List.of("api/", "internal/", "health/", "assets/");

    @Override
    protected @Nullable Resource resolveResourceInternal(
            @Nullable HttpServletRequest request,
            String path,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        Resource file = path.isEmpty() ? null : super.resolveResourceInternal(request, path, locations, chain);
        return file == null && isPage(request, path)
                ? super.resolveResourceInternal(request, documentOf(path), locations, chain)
                : file;
    }

    private static String documentOf(String path) {
        return path.equals("console") || path.startsWith("console/") ? CONSOLE : UI;
    }

    private static boolean isPage(@Nullable HttpServletRequest request, String path) {
        String accept = request == null ? null : request.getHeader(HttpHeaders.ACCEPT);
        boolean navigation = accept != null && accept.contains("text/html");
        return navigation && NOT_PAGES.stream().noneMatch(path::startsWith);
    }
}

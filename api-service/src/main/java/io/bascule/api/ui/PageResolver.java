package io.bascule.api.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Finds the UI's files; every other address that a browser navigates to is a page of the single-page app. Addresses of the
 * API and of files that are not there stay unknown.
 */
class PageResolver extends PathResourceResolver {

    private static final String PAGE = "index.html";
    private static final List<String> NOT_PAGES = List.of("api/", "internal/", "health/", "assets/");

    @Override
    protected @Nullable Resource resolveResourceInternal(
            @Nullable HttpServletRequest request,
            String path,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        Resource file = path.isEmpty() ? null : super.resolveResourceInternal(request, path, locations, chain);
        return file == null && isPage(request, path)
                ? super.resolveResourceInternal(request, PAGE, locations, chain)
                : file;
    }

    private static boolean isPage(@Nullable HttpServletRequest request, String path) {
        String accept = request == null ? null : request.getHeader(HttpHeaders.ACCEPT);
        boolean navigation = accept != null && accept.contains("text/html");
        return navigation && NOT_PAGES.stream().noneMatch(path::startsWith);
    }
}

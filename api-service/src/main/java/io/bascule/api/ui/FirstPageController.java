package io.bascule.api.ui;

import io.swagger.v3.oas.annotations.Hidden;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The address without a path, which resource handlers do not serve. */
@Hidden
@RestController
@ConditionalOnProperty("bascule.ui.directory")
class FirstPageController {

    private final Resource page;

    FirstPageController(UiProperties properties) {
        Path directory = Objects.requireNonNull(properties.directory());
        this.page = new FileSystemResource(directory.resolve("index.html"));
    }

    @GetMapping("/")
    ResponseEntity<Resource> show() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.TEXT_HTML)
                .body(page);
    }
}

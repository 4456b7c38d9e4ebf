package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the UI's own web server tells browsers, which must be no less than what the API says when it serves the UI. */
class WebUiServerTests {

    private static final String CONFIGURATION = Checkout.text("deploy/docker/web-ui.conf");

    @Test
    void nothingRunsOrStylesButTheBuildsOwnFiles() {
        assertThat(CONFIGURATION)
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void pagesOfTheConsoleAreADocumentOfTheirOwn() {
        assertThat(CONFIGURATION)
                .containsPattern("default +/index\\.html;")
                .containsPattern("~\\^/console\\(/\\|\\$\\) +/console/index\\.html;")
                .contains("try_files $uri $document;");
    }
}

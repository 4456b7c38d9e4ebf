package io.bascule.tasks.handlers.guide;

/** Where {@link FetchPages} gets its pages. */
interface PageSource {

    /** Whether the page was there. */
    boolean fetch(int page, String token);
}

package io.bascule.cli.api;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** A successful answer of the API; the body is an empty object where there is none. */
public record Answer(int status, JsonNode body, HttpHeaders headers) {

    /** The version of what was read, for a change that must not overwrite another's. */
    public String entityTag() {
        return headers.firstValue("ETag").orElse("");
    }
}

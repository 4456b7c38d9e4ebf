package io.bascule.cli.api;

import tools.jackson.databind.JsonNode;

/** A problem document (RFC 9457) in a person's words. */
final class Problem {

    private Problem() {}

    static CommandFailure failure(int status, JsonNode document) {
        return new CommandFailure(ExitCode.ofStatus(status), describe(status, document));
    }

    private static String describe(int status, JsonNode document) {
        String title = document.path("title").asString("The server answered " + status);
        StringBuilder text = new StringBuilder(document.path("detail").asString(title));
        for (JsonNode error : document.path("errors")) {
            text.append("%n  %s: %s"
                    .formatted(
                            error.path("pointer").asString(""),
                            error.path("detail").asString("")));
        }
        return text.append(" (%s)".formatted(origin(status, document))).toString();
    }

    private static String origin(int status, JsonNode document) {
        String code = document.path("code").asString("status " + status);
        String trace = document.path("traceId").asString("");
        return trace.isEmpty() ? code : code + ", trace id " + trace;
    }
}

package io.bascule.api;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API answered. */
public record Answer(int status, HttpHeaders headers, String text) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public JsonNode json() {
        return JSON.readTree(text);
    }

    /** The value at a JSON pointer as text; fails if there is none. */
    public String at(String pointer) {
        JsonNode node = json().at(pointer);
        if (node.isMissingNode()) {
            throw new AssertionError("nothing at " + pointer + " in " + this);
        }
        return node.asString();
    }

    /** The code of a problem document. */
    public String code() {
        return at("/code");
    }

    public String header(String name) {
        return headers.firstValue(name).orElseThrow(() -> new AssertionError("no header " + name + " in " + this));
    }

    public List<String> cookies() {
        return headers.allValues("Set-Cookie");
    }

    @Override
    public String toString() {
        return status + " " + text;
    }
}

package io.bascule.cli.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads a list page by page. */
public final class Pages {

    private static final int LARGEST_PAGE = 100;

    private Pages() {}

    /** Returns at most so many items that match the parameters. */
    public static List<JsonNode> read(Api api, String path, Map<String, String> parameters, int limit) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            Map<String, String> query = new TreeMap<>(parameters);
            query.put("limit", Integer.toString(Math.min(LARGEST_PAGE, limit - items.size())));
            query.put("cursor", cursor);
            JsonNode page = api.send(Call.get(path + Call.query(query))).body();
            page.path("items").forEach(items::add);
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty() && items.size() < limit);
        return items.subList(0, Math.min(limit, items.size()));
    }
}

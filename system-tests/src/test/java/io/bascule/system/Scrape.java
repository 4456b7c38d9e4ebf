package io.bascule.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one page of one service says to Prometheus.
 *
 * @param text in text format 0.0.4; empty when the service has no such page
 */
record Scrape(String text) {

    static Scrape of(int port, String path) throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
            return new Scrape(answer.statusCode() == 200 ? answer.body() : "");
        }
    }

    /** Names as queries use them, those of a histogram's parts too. */
    Set<String> names() {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[ {]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Over all labels. */
    double sum(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}

package io.bascule.testsupport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads metrics as an autoscaler does: over HTTP, preferring OpenMetrics, by their exact names. Each question reads them
 * anew; a service without such a page has none.
 *
 * @param address where the metrics are
 */
public record Scrape(URI address) {

    /** The page of a service on this machine. */
    public static Scrape of(int port, String path) {
        return new Scrape(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
    }

    /** The value of a series, named as it stands in the text up to its value; 0 when it is absent. */
    public double valueOf(String series) {
        return sum(series::equals);
    }

    /** Over all series of this name, whatever their labels. */
    public double sum(String name) {
        return sum(series -> series.equals(name) || series.startsWith(name + "{"));
    }

    /** Names as queries use them, those of a histogram's parts too. */
    public Set<String> names() {
        return samples().map(line -> line.split("[ {]", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
    }

    private double sum(Predicate<String> wanted) {
        return samples()
                .filter(line -> wanted.test(line.substring(0, endOfSeries(line))))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(endOfSeries(line) + 1).split(" ", 2)[0]))
                .sum();
    }

    /** Values of labels may hold blanks. */
    private static int endOfSeries(String line) {
        int labels = line.indexOf('{');
        int blank = line.indexOf(' ');
        return labels >= 0 && labels < blank ? line.indexOf("} ", labels) + 1 : blank;
    }

    private Stream<String> samples() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Accept", "application/openmetrics-text;version=1.0.0")
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? answer.body().lines().filter(line -> !line.startsWith("#"))
                    : Stream.of();
        } catch (IOException failure) {
            throw new IllegalStateException(address + " cannot be scraped", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

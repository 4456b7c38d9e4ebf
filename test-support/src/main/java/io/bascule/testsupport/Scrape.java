package io.bascule.testsupport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Reads metrics as an autoscaler does: over HTTP, preferring OpenMetrics, by their exact names.
 *
 * @param address where the metrics are
 */
public record Scrape(URI address) {

    /** The value of a series, named as it stands in the text up to its value; 0 when it is absent. */
    public double valueOf(String series) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Accept", "application/openmetrics-text;version=1.0.0")
                    .build();
            return client.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(series + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                    .sum();
        } catch (IOException failure) {
            throw new IllegalStateException(address + " cannot be scraped", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

package io.bascule.bridge.reports;

import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Reports over HTTP. */
final class HttpReportReceiver implements ReportReceiver {

    private final RestClient api;
    private final String bridge;

    HttpReportReceiver(RestClient api, String bridge) {
        this.api = api;
        this.bridge = bridge;
    }

    @Override
    public Answer deliver(Report report) throws UndeliveredReportException {
        try {
            Answer answer = api.post()
                    .uri("/internal/bridges/{id}/reports", bridge)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(report)
                    .retrieve()
                    .body(Answer.class);
            return answer == null ? Answer.EMPTY : answer;
        } catch (RestClientException failure) {
            throw new UndeliveredReportException(String.valueOf(failure.getMessage()), failure);
        }
    }
}

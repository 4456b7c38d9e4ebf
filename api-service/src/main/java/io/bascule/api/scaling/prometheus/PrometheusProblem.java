package io.bascule.api.scaling.prometheus;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** What keeps an answer of Prometheus from being had. */
public enum PrometheusProblem implements ProblemCode {
    PROMETHEUS_NOT_SET("prometheus-not-set", HttpStatus.CONFLICT, "This platform was told of no Prometheus"),
    PROMETHEUS_AWAY("prometheus-away", HttpStatus.SERVICE_UNAVAILABLE, "Prometheus does not answer"),
    PROMETHEUS_ANSWER_UNUSABLE(
            "prometheus-answer-unusable", HttpStatus.BAD_GATEWAY, "Prometheus' answer cannot be used"),
    NOTHING_RECORDED("nothing-recorded", HttpStatus.NOT_FOUND, "Prometheus has recorded nothing of this");

    private final String code;
    private final HttpStatus status;
    private final String title;

    PrometheusProblem(String code, HttpStatus status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}

package io.bascule.api.certificates;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of the certificate authority. */
enum CertificateProblem implements ProblemCode {
    CERTIFICATE_REQUEST_INVALID("certificate-request-invalid", "The certificate request cannot be signed"),
    CERTIFICATE_UNREADABLE("certificate-unreadable", "The certificate cannot be read");

    private final String code;
    private final String title;

    CertificateProblem(String code, String title) {
        this.code = code;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public HttpStatus status() {
        return HttpStatus.BAD_REQUEST;
    }

    @Override
    public String title() {
        return title;
    }
}

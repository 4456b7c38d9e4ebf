package io.bascule.api.certificates;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of the certificate authority. */
enum CertificateProblem implements ProblemCode {
    CERTIFICATE_REQUEST_INVALID;

    @Override
    public String code() {
        return "certificate-request-invalid";
    }

    @Override
    public HttpStatus status() {
        return HttpStatus.BAD_REQUEST;
    }

    @Override
    public String title() {
        return "The certificate request cannot be signed";
    }
}

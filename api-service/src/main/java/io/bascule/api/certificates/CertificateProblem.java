package io.bascule.api.certificates;

import io.bascule.service.problem.ProblemCode;
import org.springframework.http.HttpStatus;

/** Refusals of the certificate authority. */
enum CertificateProblem implements ProblemCode {
    CERTIFICATE_REQUEST_INVALID(
            "certificate-request-invalid", HttpStatus.BAD_REQUEST, "The certificate request cannot be signed"),
    CERTIFICATE_UNREADABLE("certificate-unreadable", HttpStatus.BAD_REQUEST, "The certificate cannot be read"),
    AUTHORITY_ROTATION_RUNNING(
            "authority-rotation-running", HttpStatus.CONFLICT, "The certificate authority is being replaced already");

    private final String code;
    private final HttpStatus status;
    private final String title;

    CertificateProblem(String code, HttpStatus status, String title) {
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

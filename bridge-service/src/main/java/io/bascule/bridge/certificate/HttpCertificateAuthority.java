package io.bascule.bridge.certificate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.bascule.bridge.settings.BridgeIdentity;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The API as certificate authority. */
final class HttpCertificateAuthority implements CertificateAuthority {

    private final RestClient api;
    private final BridgeIdentity bridge;

    HttpCertificateAuthority(RestClient api, BridgeIdentity bridge) {
        this.api = api;
        this.bridge = bridge;
    }

    @Override
    public Issued issue(String request) throws NotIssuedException {
        try {
            Answer answer = api.post()
                    .uri("/internal/bridges/{id}/certificates", bridge.id())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new Request(request, bridge.authority()))
                    .retrieve()
                    .requiredBody(Answer.class);
            return new Issued(answer.certificate(), answer.authorities());
        } catch (RestClientException | IllegalStateException failure) {
            throw new NotIssuedException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private record Request(String certificateSigningRequest, String authority) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Answer(String certificate, String authorities) {}
}

package io.bascule.bridge.platform;

import io.bascule.service.identity.ServiceTokens;
import java.net.http.HttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

    private static final String API = "api-service";

    /** Below {@code /internal/bridges/{id}} of the API. */
    @Bean
    RestClient internalApi(ApiSettings api, ObjectProvider<ServiceTokens> key, RestClient.Builder builder) {
        ServiceTokens tokens = key.getIfAvailable(() -> {
            throw new IllegalStateException(
                    "bascule.identity.private-key-file: missing (expected: this service's Ed25519 key, PKCS#8 PEM)");
        });
        HttpClient http = HttpClient.newBuilder().connectTimeout(api.timeout()).build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(api.timeout());
        return builder.baseUrl(api.url().toString())
                .requestFactory(requests)
                .requestInterceptor((request, body, execution) -> {
                    request.getHeaders().setBearerAuth(tokens.tokenFor(API));
                    return execution.execute(request, body);
                })
                .build();
    }
}

package io.bascule.tasks.handlers.http;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/** The two clients of {@code http.request}: neither keeps cookies, retries by itself or reads proxy settings. */
final class HttpClients {

    private static final int MOST_CONNECTIONS = 1_000;
    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    private HttpClients() {}

    /** To public addresses only; follows up to five redirects, each of them checked anew. */
    static CloseableHttpClient direct() {
        return builder(new OpenAddresses()).build();
    }

    /** To the near end of a tunnel. A redirect is an answer like any other: it may lead elsewhere. */
    static CloseableHttpClient tunnelled() {
        return builder(SystemDefaultDnsResolver.INSTANCE)
                .disableRedirectHandling()
                .setConnectionReuseStrategy((_, _, _) -> false)
                .build();
    }

    private static HttpClientBuilder builder(DnsResolver addresses) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(
                        RequestConfig.custom().setMaxRedirects(5).build())
                .setUserAgent("Bascule")
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching();
    }
}

package io.bascule.api.webhooks.delivery;

import io.bascule.service.outgoing.PublicAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * A client for each set of addresses that may be reached: kept connections are shared only by workspaces that may have made them.
 * None follows redirects, keeps cookies, repeats a request or reads proxy settings.
 */
final class EndpointClients {

    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    private final Map<PublicAddresses, CloseableHttpClient> clients = new ConcurrentHashMap<>();
    private final WebhookAddresses addresses;
    private final int connections;
    private final Duration timeout;

    EndpointClients(WebhookAddresses addresses, int connections, Duration timeout) {
        this.addresses = addresses;
        this.connections = connections;
        this.timeout = timeout;
    }

    CloseableHttpClient of(String workspace) {
        return clients.computeIfAbsent(addresses.of(workspace), this::client);
    }

    void close() {
        clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
        clients.clear();
    }

    private CloseableHttpClient client(PublicAddresses open) {
        var manager = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver(open))
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(manager)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(timeout))
                        .setConnectionRequestTimeout(Timeout.of(timeout))
                        .build())
                .setUserAgent("Bascule-Webhook")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static DnsResolver resolver(PublicAddresses open) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return open.resolve(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}

package io.bascule.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** {@code active_connections}: the connections that the web server holds open, idle ones included. */
class ActiveConnections {

    private volatile @Nullable AbstractProtocol<?> protocol;

    ActiveConnections(MeterRegistry registry) {
        Gauge.builder("active.connections", this, ActiveConnections::count)
                .description("Connections open at the web server")
                .register(registry);
    }

    @EventListener
    void on(WebServerInitializedEvent event) {
        if (event.getWebServer() instanceof TomcatWebServer tomcat
                && tomcat.getTomcat().getConnector().getProtocolHandler() instanceof AbstractProtocol<?> handler) {
            protocol = handler;
        }
    }

    private double count() {
        AbstractProtocol<?> handler = protocol;
        return handler == null ? 0 : handler.getConnectionCount();
    }
}

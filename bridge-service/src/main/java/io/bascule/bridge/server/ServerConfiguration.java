package io.bascule.bridge.server;

import io.bascule.bridge.certificate.BridgeCertificate;
import io.bascule.bridge.control.ControlCalls;
import io.bascule.bridge.legs.LegCalls;
import io.bascule.bridge.legs.RawLegs;
import io.bascule.bridge.settings.BridgeSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    @Bean(destroyMethod = "stop")
    BridgeServer bridgeServer(
            BridgeSettings settings,
            BridgeCertificate certificate,
            LegCalls legs,
            RawLegs rawLegs,
            ControlCalls control) {
        return new BridgeServer(settings.listenPort(), certificate, legs, rawLegs, control);
    }
}

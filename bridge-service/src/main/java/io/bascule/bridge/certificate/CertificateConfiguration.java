package io.bascule.bridge.certificate;

import io.bascule.bridge.settings.BridgeIdentity;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class CertificateConfiguration {

    @Bean
    BridgeCertificate bridgeCertificate(RestClient internalApi, BridgeIdentity bridge, InstantSource clock) {
        return new BridgeCertificate(bridge.id(), new HttpCertificateAuthority(internalApi, bridge), clock);
    }

    @Bean
    CertificateRenewal certificateRenewal(BridgeCertificate certificate) {
        return new CertificateRenewal(certificate);
    }
}

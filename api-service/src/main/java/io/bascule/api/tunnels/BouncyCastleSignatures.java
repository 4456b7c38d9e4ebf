package io.bascule.api.tunnels;

import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jose4j.jca.ProviderContext;

/**
 * Bouncy Castle's Ed25519 for signing with jose4j: it takes 0.03 ms where the JDK's takes 0.5 ms, and an opening signs up
 * to eleven tickets. It becomes the last of the process's security providers, so that nobody gets it who does not ask for it.
 */
final class BouncyCastleSignatures {

    private static final ProviderContext CONTEXT = context();

    private BouncyCastleSignatures() {}

    static ProviderContext get() {
        return CONTEXT;
    }

    private static ProviderContext context() {
        Security.addProvider(new BouncyCastleProvider());
        ProviderContext context = new ProviderContext();
        context.getSuppliedKeyProviderContext().setSignatureProvider(BouncyCastleProvider.PROVIDER_NAME);
        return context;
    }
}

package io.bascule.tunnel.client.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

class AgreementKeyTests {

    private final AgreementKey key = AgreementKey.generate();

    @Test
    void anotherImplementationAgreesOnTheSameSecret() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(other.getPrivate());
        agreement.doPhase(read(key.publicKey()), true);

        byte[] secret = key.with(raw((XECPublicKey) other.getPublic()));

        assertThat(secret).isEqualTo(agreement.generateSecret());
    }

    @Test
    void aKeyThatMakesEverySecretZeroIsOfNoUse() {
        assertThatThrownBy(() -> key.with(new byte[32])).isInstanceOf(NotProvedException.class);
    }

    @Test
    void whatIsNoKeyIsOfNoUse() {
        assertThatThrownBy(() -> key.with(new byte[31])).isInstanceOf(NotProvedException.class);
    }

    private static PublicKey read(byte[] raw) throws GeneralSecurityException {
        return KeyFactory.getInstance("X25519")
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, reversed(raw))));
    }

    private static byte[] raw(XECPublicKey publicKey) {
        byte[] raw = new byte[32];
        byte[] big = publicKey.getU().toByteArray();
        for (int i = 0; i < Math.min(big.length, raw.length); i++) {
            raw[i] = big[big.length - 1 - i];
        }
        return raw;
    }

    private static byte[] reversed(byte[] raw) {
        byte[] reversed = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            reversed[i] = raw[raw.length - 1 - i];
        }
        return reversed;
    }
}

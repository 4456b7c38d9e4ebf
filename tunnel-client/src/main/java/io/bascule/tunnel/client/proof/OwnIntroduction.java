package io.bascule.tunnel.client.proof;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.Frame;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.function.UnaryOperator;

/** What an end says of itself for as long as its tunnel lives, and the key behind it. */
record OwnIntroduction(AgreementKey agreement, Bytes key, Bytes certificates, Bytes signature) {

    /**
     * Makes a key and signs it; takes a fraction of a millisecond.
     *
     * @param signed what is to be signed for a public key
     */
    static OwnIntroduction make(Certified credentials, UnaryOperator<byte[]> signed) {
        AgreementKey agreement = AgreementKey.generate();
        byte[] key = agreement.publicKey();
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(credentials.privateKey());
            signer.update(signed.apply(key));
            byte[] signature = signer.sign();
            ByteArrayOutputStream chain = new ByteArrayOutputStream();
            for (X509Certificate certificate : credentials.certificateChain()) {
                chain.writeBytes(certificate.getEncoded());
            }
            return new OwnIntroduction(
                    agreement, Bytes.wrap(key), Bytes.wrap(chain.toByteArray()), Bytes.wrap(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this end's key cannot be made or signed", e);
        }
    }

    Frame.Introduce with(byte[] nonce) {
        return new Frame.Introduce(Bytes.wrap(nonce), key, certificates, signature);
    }
}

package dev.loadstar.contract.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of one run: HMAC-SHA256 (RFC 2104) of the run's id under the platform's master key, so that every server
 * can derive it and nobody has to store it. It signs records on {@code points} and is the token of the control stream.
 */
public final class RunKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private RunKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    public static RunKey derive(byte[] masterKey, String runId) {
        return new RunKey(mac(new SecretKeySpec(masterKey, ALGORITHM), runId.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws IllegalArgumentException if the text is not what {@link #toHex()} gave */
    public static RunKey ofHex(String hex) {
        return new RunKey(HexFormat.of().parseHex(hex));
    }

    public String toHex() {
        return HexFormat.of().formatHex(key.getEncoded());
    }

    public byte[] sign(byte[] message) {
        return mac(key, message);
    }

    /** Whether the signature fits, compared in constant time. */
    public boolean verifies(byte[] message, byte[] signature) {
        return MessageDigest.isEqual(sign(message), signature);
    }

    private static byte[] mac(SecretKeySpec key, byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "RunKey[secret]";
    }
}

package dev.loadstar.platform.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;

/**
 * AES-256-GCM (NIST SP 800-38D) under a key that HKDF (RFC 5869) derives from the platform's master key. What is sealed
 * for one place opens at no other.
 */
final class Sealing {

    private static final byte[] PURPOSE = "loadstar secrets of projects v1".getBytes(StandardCharsets.UTF_8);
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    Sealing(byte[] masterKey) {
        try {
            var derivation = HKDFParameterSpec.ofExtract().addIKM(masterKey).thenExpand(PURPOSE, KEY_BYTES);
            this.key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has HKDF", e);
        }
    }

    /** @param place where it is kept, without which it cannot be opened */
    byte[] seal(String text, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** @throws LoadstarException INTERNAL_ERROR if it was sealed for another place or under another master key */
    String open(byte[] sealed, String place) {
        var bytes = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        try {
            return new String(cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(content), StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new LoadstarException(
                    ErrorCode.INTERNAL_ERROR,
                    "The secret %s cannot be opened; was the platform's master key changed?".formatted(place),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

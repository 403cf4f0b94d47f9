package dev.loadstar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/** Whom an https server may be vouched for by: those that the JDK knows, or as for curl and git those in the file SSL_CERT_FILE. */
record Certificates(@Nullable String file) {

    static final String VARIABLE = "SSL_CERT_FILE";

    static Certificates of(Map<String, String> environment) {
        String file = environment.get(VARIABLE);
        return new Certificates(file == null || file.isBlank() ? null : file);
    }

    /** Empty where the JDK's own will do. */
    Optional<SSLContext> context() {
        if (file == null) {
            return Optional.empty();
        }
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            try (var in = Files.newInputStream(Path.of(file))) {
                for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
                }
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return Optional.of(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new CliError(
                    CliError.REFUSED,
                    VARIABLE + " names no file of certificates: " + file,
                    "It is a PEM file, such as /etc/ssl/certs/ca-certificates.crt.");
        }
    }
}

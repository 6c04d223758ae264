package io.flotilla.internal.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class SelfSignedCertificateTest {

    @RepeatedTest(20) // lengths of numbers in it vary
    void isWellFormedAndSignedByItsOwnKey() throws Exception {
        SelfSignedCertificate own = SelfSignedCertificate.create(new SecureRandom());
        X509Certificate certificate = own.certificate();

        assertThatCode(() -> certificate.verify(certificate.getPublicKey())).doesNotThrowAnyException();
        assertThat(certificate.getVersion()).isEqualTo(1);
        assertThat(certificate.getSubjectX500Principal()).isEqualTo(certificate.getIssuerX500Principal());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=flotilla member");
        assertThat(certificate.getSerialNumber()).isPositive();
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        certificate.checkValidity(Date.from(Instant.parse("2000-01-01T00:00:00Z")));
        certificate.checkValidity(Date.from(Instant.parse("9999-12-31T23:59:59Z")));
    }

    @Test
    void noTwoAreAlike() throws Exception {
        SecureRandom random = new SecureRandom();

        assertThat(SelfSignedCertificate.create(random).certificate().getPublicKey())
                .isNotEqualTo(SelfSignedCertificate.create(random).certificate().getPublicKey());
    }
}

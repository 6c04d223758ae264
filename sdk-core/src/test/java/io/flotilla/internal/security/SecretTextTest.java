package io.flotilla.internal.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretTextTest {
    private static final String ONE = "q8w7e6r5t4y3u2i1o0p9a8s7d6f5g4h3";
    private static final String TWO = "z1x2c3v4b5n6m7a8s9d0f1g2h3j4k5l6";

    @Test
    void aGeneratedSecretIsFineAndNoTwoAreAlike() {
        String secret = SecretText.generate();

        assertThat(Base64.getDecoder().decode(secret)).hasSize(32);
        assertThat(parse(secret)).containsExactly(secret);
        assertThat(secret).isNotEqualTo(SecretText.generate());
    }

    @Test
    void wordsAreSecretsAsTheyStand() {
        assertThat(parse(ONE + "\n")).containsExactly(ONE);
        assertThat(parse("  " + ONE + "\r\n\n\t" + TWO + " ")).containsExactly(ONE, TWO);
        assertThat(parse(ONE + "\n" + TWO + "\n" + ONE)).as("said twice").containsExactly(ONE, TWO);
    }

    @Test
    void anythingElseIsOneBinarySecret() {
        byte[] binary = new byte[48];
        new SecureRandom().nextBytes(binary);
        binary[7] = '\n';
        binary[8] = 0;

        assertThat(SecretText.parse(binary, "here")).containsExactly(binary);
    }

    @Test
    void whatIsMissingShortOrMadeUpIsRefusedWithoutBeingSaid() {
        assertThatThrownBy(() -> parse(" \n")).hasMessage("cluster.security must have a secret here, which is empty");
        assertThatThrownBy(() -> parse("swordfish"))
                .hasMessage("cluster.security must have secrets of at least 32 bytes, was one of 9 bytes here; make one"
                        + " with Security.newSecret() or 'openssl rand -base64 32'");
        assertThatThrownBy(() -> parse(ONE + "\nswordfish")).hasMessageContaining("was one of 9 bytes");
        assertThatThrownBy(() -> parse("abc".repeat(20)))
                .hasMessage("cluster.security must have random secrets, was one with only 3 different bytes here; make"
                        + " one with Security.newSecret() or 'openssl rand -base64 32'");
    }

    private static List<String> parse(String text) {
        return SecretText.parse(text.getBytes(StandardCharsets.US_ASCII), "here").stream()
                .map(each -> new String(each, StandardCharsets.US_ASCII))
                .toList();
    }
}

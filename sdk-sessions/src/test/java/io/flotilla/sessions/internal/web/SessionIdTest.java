package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SessionIdTest {

    @Test
    void isFortyFourCharactersFitForCookiesAndUrls() {
        Set<String> values = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            SessionId id = SessionId.create();
            assertThat(id.value()).matches("[A-Za-z0-9_-]{44}").startsWith(id.key());
            assertThat(id.key()).hasSize(20);
            values.add(id.value());
            keys.add(id.key());
        }
        assertThat(values).hasSize(1000);
        assertThat(keys).hasSize(1000);
    }

    @Test
    void isReadBack() {
        SessionId id = SessionId.create();
        SessionId read = requireNonNull(SessionId.parse(id.value()));

        assertThat(read.value()).isEqualTo(id.value());
        assertThat(read.key()).isEqualTo(id.key());
        assertThat(read.hash("/shop")).isEqualTo(id.hash("/shop"));
    }

    @Test
    void whatCannotBeOneIsNone() {
        String good = SessionId.create().value();

        assertThat(SessionId.parse("")).isNull();
        assertThat(SessionId.parse(good.substring(1))).isNull();
        assertThat(SessionId.parse(good + "A")).isNull();
        assertThat(SessionId.parse(good + "\n")).isNull();
        assertThat(SessionId.parse("." + good.substring(1))).isNull();
        assertThat(SessionId.parse("é" + good.substring(1))).isNull();
        assertThat(SessionId.parse("0123456789ABCDEF0123456789ABCDEF")).isNull();
    }

    @Test
    void newSecretKeepsTheKey() {
        SessionId id = SessionId.create();
        SessionId changed = id.withNewSecret();

        assertThat(changed.key()).isEqualTo(id.key());
        assertThat(changed.value()).isNotEqualTo(id.value()).hasSize(44);
        assertThat(changed.hash("/shop")).isNotEqualTo(id.hash("/shop"));
    }

    @Test
    void hashDependsOnTheApplication() {
        SessionId id = SessionId.create();

        assertThat(id.hash("/shop")).isNotEqualTo(id.hash("/admin")).isNotEqualTo(id.hash(""));
    }

    @Test
    void isNeverPrinted() {
        SessionId id = SessionId.create();

        assertThat(id.toString()).matches("[0-9a-f]{6}");
        assertThat(id.withNewSecret()).hasToString(id.toString());
        assertThat(SessionId.create().toString())
                .as("tells sessions apart, nearly always")
                .isNotEqualTo(id.toString());
    }
}

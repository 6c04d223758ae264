package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EnvironmentTest {

    @Test
    void theDefaultNodeNameIsLegalWhateverTheHostIsCalled() {
        assertThat(Environment.nodeName("web-1.example.com")).isEqualTo("web-1.example.com");
        assertThat(Environment.nodeName("büro pc")).isEqualTo("b-ro-pc");
        assertThat(Environment.nodeName("x".repeat(100))).hasSize(64);
        assertThat(Environment.nodeName("")).isEqualTo("localhost");
        assertThat(Environment.hostName()).matches("[A-Za-z0-9._-]{1,64}");
    }
}

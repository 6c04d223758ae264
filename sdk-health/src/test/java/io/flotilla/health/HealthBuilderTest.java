package io.flotilla.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthBuilderTest {
    private static final String TOKEN = "0123456789abcdef";

    static Stream<Arguments> refusedSettings() {
        return Stream.of(
                refused(
                        h -> h.checkInterval(Duration.ofMillis(99)),
                        "health.checkInterval must be between PT0.1S and PT1H, was PT0.099S"),
                refused(
                        h -> h.checkInterval(Duration.ofMinutes(61)),
                        "health.checkInterval must be between PT0.1S and PT1H, was PT1H1M"),
                refused(
                        h -> h.checkTimeout(Duration.ofMillis(9)),
                        "health.checkTimeout must be between PT0.01S and PT5M, was PT0.009S"),
                refused(
                        h -> h.checkTimeout(Duration.ofMinutes(6)),
                        "health.checkTimeout must be between PT0.01S and PT5M, was PT6M"),
                refused(
                        h -> h.heartbeatInterval(Duration.ZERO),
                        "health.heartbeatInterval must be between PT0.1S and PT1M, was PT0S"),
                refused(
                        h -> h.heartbeatInterval(Duration.ofMinutes(2)),
                        "health.heartbeatInterval must be between PT0.1S and PT1M, was PT2M"),
                refusedUrl("/relative"),
                refusedUrl("ftp://10.0.0.1/"),
                refusedUrl("http:no-host"),
                refusedUrl("http://user@10.0.0.1/"),
                refusedUrl("http://10.0.0.1/?a"),
                refusedUrl("http://10.0.0.1/#a"),
                refused(
                        h -> h.adminToken("0123456"),
                        "health.adminToken must have at least 8 characters, was 7 characters long"),
                refused(
                        h -> h.adminToken(TOKEN + "\n"),
                        "health.adminToken must hold visible ASCII characters only, was ***"),
                refused(
                        h -> h.adminToken(TOKEN + "é"),
                        "health.adminToken must hold visible ASCII characters only, was ***"),
                refused(
                        h -> h.drainTimeout(Duration.ofMillis(-1)),
                        "health.drainTimeout must be between PT0S and PT10M, was PT-0.001S"),
                refused(
                        h -> h.drainTimeout(Duration.ofMinutes(11)),
                        "health.drainTimeout must be between PT0S and PT10M, was PT11M"),
                refused(
                        h -> h.drainQuiet(Duration.ofMillis(-1)),
                        "health.drainQuiet must be between PT0S and PT1M, was PT-0.001S"),
                refused(
                        h -> h.drainQuiet(Duration.ofMinutes(2)),
                        "health.drainQuiet must be between PT0S and PT1M, was PT2M"),
                refused(h -> h.probesToAcknowledge(0), "health.probesToAcknowledge must be between 1 and 20, was 0"),
                refused(h -> h.probesToAcknowledge(21), "health.probesToAcknowledge must be between 1 and 20, was 21"),
                refused(h -> h.failuresToDown(0), "health.failuresToDown must be between 1 and 20, was 0"),
                refused(h -> h.successesToUp(21), "health.successesToUp must be between 1 and 20, was 21"),
                refused(
                        h -> h.flappingHold(Duration.ofMinutes(11)),
                        "health.flappingHold must be between PT0S and PT10M, was PT11M"),
                refused(
                        h -> h.group("Edge", Set.of()),
                        "health.groups must have names of 1 to 40 lower-case letters, digits, '-' and '.', was Edge"),
                refused(
                        h -> h.selfProbe(URI.create("/health/live")),
                        "health.selfProbe must be an absolute http or https address without user, query and fragment,"
                                + " was self-probe /health/live"),
                refusedLimits(h -> h.heap(0), "heap", "DEGRADED from 0.0"),
                refusedLimits(h -> h.memory(1.01), "memory", "DEGRADED from 1.01"),
                refusedLimits(h -> h.pressure(0.5, 0.5), "pressure", "DEGRADED from 0.5, DOWN from 0.5"),
                refusedLimits(h -> h.cpu(0.9, Double.NaN), "cpu", "DEGRADED from 0.9, DOWN from NaN"),
                refused(
                        h -> h.disk("Big Disk", Path.of("/"), 1),
                        "health.checks must have names of 1 to 40 lower-case letters, digits, '-' and '.', was [Big"
                                + " Disk]"),
                refused(
                        h -> h.disk("a", Path.of("/"), 1).disk("a", Path.of("/"), 1),
                        "health.checks must have different names, and none of [member, deadlock, heap, memory,"
                                + " pressure, cpu], was [a, a]"),
                refused(
                        h -> h.disk("heap", Path.of("/"), 1),
                        "health.checks must have different names, and none of [member, deadlock, heap, memory,"
                                + " pressure, cpu], was [heap]"));
    }

    private static Arguments refused(Consumer<HealthBuilder> settings, String message) {
        return Arguments.of(settings, message);
    }

    private static Arguments refusedLimits(Consumer<HealthBuilder> settings, String setting, String limits) {
        return refused(
                settings,
                "health." + setting + " must be above 0, at most 1, and higher for DOWN than for DEGRADED, was "
                        + limits);
    }

    private static Arguments refusedUrl(String url) {
        return refused(
                h -> h.url(URI.create(url)),
                "health.url must be an absolute http or https address without user, query and fragment, was " + url);
    }

    @ParameterizedTest
    @MethodSource("refusedSettings")
    void refusesWhatIsOutOfRange(Consumer<HealthBuilder> settings, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Health.module(settings))
                .withMessage(message);
    }

    @Test
    void acceptsBothEndsOfEveryRange() {
        Health.module(h -> h.checkInterval(Duration.ofMillis(100))
                .checkTimeout(Duration.ofMillis(10))
                .heartbeatInterval(Duration.ofMillis(100))
                .url(URI.create("https://web.example:8443/shop"))
                .adminToken(TOKEN)
                .drainTimeout(Duration.ZERO)
                .drainQuiet(Duration.ZERO)
                .probesToAcknowledge(1));
        Health.module(h -> h.checkInterval(Duration.ofHours(1))
                .checkTimeout(Duration.ofMinutes(5))
                .heartbeatInterval(Duration.ofMinutes(1))
                .drainTimeout(Duration.ofMinutes(10))
                .drainQuiet(Duration.ofMinutes(1))
                .probesToAcknowledge(20));
    }

    @Test
    void printsItsDefaults() {
        assertThat(Health.module())
                .hasToString("HealthConfig[checkInterval=PT1S, checkTimeout=PT2S, heartbeatInterval=PT1S, url=null,"
                        + " adminToken=null, drainTimeout=PT10S, drainQuiet=PT0.5S, probesToAcknowledge=3, heap=null,"
                        + " memory=null, pressure=null, cpu=null, checks=[], failuresToDown=1, successesToUp=1,"
                        + " flappingHold=PT30S, groups={}]");
    }

    @Test
    void neverPrintsTheToken() {
        assertThat(Health.module(h -> h.adminToken(TOKEN)).toString())
                .contains("adminToken=***")
                .doesNotContain(TOKEN);
    }

    @Test
    void refusesToBeToldTwice() {
        List<Consumer<HealthBuilder>> settings = List.of(
                h -> h.checkInterval(Duration.ofSeconds(1)),
                h -> h.checkTimeout(Duration.ofSeconds(1)),
                h -> h.heartbeatInterval(Duration.ofSeconds(1)),
                h -> h.url(URI.create("http://10.0.0.1")),
                h -> h.adminToken(TOKEN),
                h -> h.drainTimeout(Duration.ofSeconds(1)),
                h -> h.drainQuiet(Duration.ofSeconds(1)),
                h -> h.probesToAcknowledge(1),
                h -> h.heap(0.5),
                h -> h.memory(0.5, 0.6),
                h -> h.pressure(0.5),
                h -> h.cpu(0.5),
                h -> h.failuresToDown(1),
                h -> h.successesToUp(1),
                h -> h.flappingHold(Duration.ZERO),
                h -> h.group("edge", Set.of("disk")));
        assertThat(settings)
                .as("one for each setting but checks, which may be many")
                .hasSize(io.flotilla.health.internal.HealthConfig.class.getRecordComponents().length - 1);
        for (Consumer<HealthBuilder> each : settings) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Health.module(each.andThen(each)))
                    .withMessageMatching("health\\.\\w+ is set twice: first to (.+), then to \\1")
                    .withMessageNotContaining(TOKEN);
        }
    }

    @Test
    void refusesNull() {
        List<Method> setters = Arrays.stream(HealthBuilder.class.getMethods())
                .filter(each ->
                        each.getReturnType() == HealthBuilder.class && !each.getParameterTypes()[0].isPrimitive())
                .toList();
        assertThat(setters).hasSizeGreaterThan(6);
        for (Method each : setters) {
            Object[] nulls = new Object[each.getParameterCount()];
            Arrays.setAll(nulls, i -> each.getParameterTypes()[i] == long.class ? 0L : null);
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> each.invoke(new HealthBuilder(), nulls))
                    .withCauseInstanceOf(NullPointerException.class);
        }
    }
}

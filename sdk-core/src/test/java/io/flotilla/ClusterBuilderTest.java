package io.flotilla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(CleanSlate.class)
final class ClusterBuilderTest {
    private static final String NAME_RULE = "must be 1 to 64 of A-Z a-z 0-9 . _ -, was ";

    /** A setting out of range, and what the exception says. */
    static Stream<Arguments> ranges() {
        return Stream.of(
                range(c -> c.node(""), "cluster.node " + NAME_RULE + "''"),
                range(c -> c.node("web 1"), "cluster.node " + NAME_RULE + "'web 1'"),
                range(c -> c.node("x".repeat(65)), "cluster.node " + NAME_RULE + "'" + "x".repeat(65) + "'"),
                range(c -> c.bind("127.0.0.1", -1), "cluster.bind must have a port from 0 to 65535, was -1"),
                range(c -> c.bind("127.0.0.1", 65_536), "cluster.bind must have a port from 0 to 65535, was 65536"),
                range(
                        c -> c.bind("0.0.0.0", 0),
                        "cluster.bind must name the one address under which the other members reach this one, was"
                                + " '0.0.0.0'"),
                range(
                        c -> c.bind("192.0.2.1", 5701).discovery(Discovery.members("192.0.2.2:5701")),
                        "cluster.bind must be a loopback address such as 127.0.0.1 as long as members do not authenticate"
                                + " each other, was '192.0.2.1'; give all members the same secret with"
                                + " ClusterBuilder.security"),
                range(
                        c -> c.security(Security.secret(new byte[31])),
                        "cluster.security must have secrets of at least 32 bytes, was one of 31 bytes among those given;"
                                + " make one with Security.newSecret() or 'openssl rand -base64 32'"),
                range(
                        c -> c.security(Security.secret("changeme".repeat(4).getBytes(StandardCharsets.US_ASCII))),
                        "cluster.security must have random secrets, was one with only 7 different bytes among those"
                                + " given; make one with Security.newSecret() or 'openssl rand -base64 32'"),
                range(
                        c -> c.security(Security.secretVariable("FLOTILLA_NO_SUCH_VARIABLE")),
                        "cluster.security must have a secret in FLOTILLA_NO_SUCH_VARIABLE, which is not set"),
                range(
                        c -> c.security(Security.secretFile(Path.of("/no/such.secret"))),
                        "cluster.security must name a readable secret file, was '/no/such.secret':"
                                + " java.nio.file.NoSuchFileException: /no/such.secret"),
                range(c -> c.bind(" ", 0), "cluster.bind must name an address of this host, was ' '"),
                range(
                        c -> c.bind("no.such.host.invalid", 0),
                        "cluster.bind must name an address of this host, was 'no.such.host.invalid', which does not"
                                + " resolve"),
                range(
                        c -> c.callTimeout(Duration.ofMillis(99)),
                        "cluster.callTimeout must be between PT0.1S and PT1M, was PT0.099S"),
                range(
                        c -> c.callTimeout(Duration.ofSeconds(61)),
                        "cluster.callTimeout must be between PT0.1S and PT1M, was PT1M1S"),
                range(
                        c -> c.shutdownTimeout(Duration.ofMillis(999)),
                        "cluster.shutdownTimeout must be between PT1S and PT10M, was PT0.999S"),
                range(
                        c -> c.shutdownTimeout(Duration.ofMinutes(11)),
                        "cluster.shutdownTimeout must be between PT1S and PT10M, was PT11M"),
                range(c -> c.initialMembers(0), "cluster.initialMembers must be between 1 and 100, was 0"),
                range(c -> c.initialMembers(101), "cluster.initialMembers must be between 1 and 100, was 101"));
    }

    private static Arguments range(Consumer<ClusterBuilder> setting, String message) {
        return Arguments.of(setting, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("ranges")
    void refusesValuesOutOfRange(Consumer<ClusterBuilder> setting, String message) {
        ClusterBuilder builder = Cluster.builder("shop");
        setting.accept(builder);

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesBadClusterNames() {
        for (String name : List.of("", "a b", "a/b", "x".repeat(65))) {
            assertThatThrownBy(() -> Cluster.builder(name).start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cluster.name " + NAME_RULE + "'" + name + "'");
        }
    }

    @Test
    void refusesDiscoveryWithoutOrWithBadAddresses() {
        assertThatThrownBy(() -> Discovery.members())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster.discovery must name at least one member, was []");
        assertThatThrownBy(() -> Discovery.members("web-1"))
                .hasMessage("cluster.discovery must hold addresses of the form host:port, was web-1");
        assertThat(Discovery.members("web-1:5701", "web-2:5701"))
                .hasToString("members[web-1:5701, web-2:5701]")
                .extracting(Discovery::addresses)
                .isEqualTo(List.of("web-1:5701", "web-2:5701"));
        assertThat(Discovery.none()).hasToString("none");
    }

    /** One call of each setting that may be made once. */
    static Stream<Arguments> settings() {
        return Stream.of(
                once("node", c -> c.node("web-1")),
                once("bind", c -> c.bind("127.0.0.1", 0)),
                once("discovery", c -> c.discovery(Discovery.none())),
                once("security", c -> c.security(Security.secretVariable("SHOP_SECRET"))),
                once("callTimeout", c -> c.callTimeout(Duration.ofSeconds(1))),
                once("shutdownTimeout", c -> c.shutdownTimeout(Duration.ofSeconds(1))),
                once("meterRegistry", c -> c.meterRegistry(new SimpleMeterRegistry())),
                once("clock", c -> c.clock(new TestTime().clock())),
                once("ticker", c -> c.ticker(new TestTime().ticker())),
                once("scheduler", c -> c.scheduler(new TestTime().scheduler())),
                once("initialMembers", c -> c.initialMembers(2)),
                once("splitPolicy", c -> c.splitPolicy(SplitPolicy.KEEP_SERVING)),
                once("onStanding", c -> c.onStanding(standing -> {})),
                once("hazelcast", c -> c.hazelcast(config -> {})));
    }

    private static Arguments once(String setting, Consumer<ClusterBuilder> call) {
        return Arguments.of(setting, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void refusesToSetTwice(String setting, Consumer<ClusterBuilder> call) {
        ClusterBuilder builder = Cluster.builder("shop");
        call.accept(builder);

        assertThatThrownBy(() -> call.accept(builder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cluster." + setting + " is set twice: first to ");
    }

    @Test
    void everySettingIsTestedForBeingSetTwice() {
        List<String> tested =
                settings().map(each -> (String) each.get()[0]).sorted().toList();
        List<String> all = Arrays.stream(ClusterBuilder.class.getMethods())
                .filter(each -> each.getReturnType() == ClusterBuilder.class)
                .map(Method::getName)
                .filter(each -> !each.equals("install"))
                .sorted()
                .toList();
        assertThat(tested).isEqualTo(all);
    }

    @Test
    void refusesToInstallAFacadeTwice() {
        ClusterBuilder builder = Cluster.builder("shop").install(FakeModule.first());

        assertThatThrownBy(() -> builder.install(FakeModule.first()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("io.flotilla.FakeModule$First is installed twice");
    }

    @Test
    void refusesNullEverywhere() throws Exception {
        List<String> unguarded = new ArrayList<>();
        for (Method each : ClusterBuilder.class.getMethods()) {
            if (Modifier.isStatic(each.getModifiers())
                    || each.getReturnType() != ClusterBuilder.class
                    || Arrays.stream(each.getParameterTypes()).allMatch(Class::isPrimitive)) {
                continue;
            }
            Object[] args = Arrays.stream(each.getParameterTypes())
                    .map(type -> type == int.class ? (Object) 0 : null)
                    .toArray();
            try {
                each.invoke(Cluster.builder("shop"), args);
                unguarded.add(each.getName());
            } catch (InvocationTargetException thrown) {
                assertThat(thrown.getCause())
                        .as(each.getName())
                        .isInstanceOf(NullPointerException.class)
                        .hasMessageMatching("[a-z]+");
            }
        }
        assertThat(unguarded).isEmpty();
    }
}

package io.flotilla.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.impl.MemberImpl;
import com.hazelcast.config.Config;
import com.hazelcast.version.MemberVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WireLevelsTest {
    private static final Address NEWCOMER = address(5702);

    private static Address address(int port) {
        return Address.createUnresolvedAddress("10.0.0.1", port);
    }

    private static Map<String, String> announced(String levels) {
        return Map.of("flotilla.wire", levels);
    }

    private static Member member(Map<String, String> attributes) {
        return new MemberImpl.Builder(address(5701))
                .version(MemberVersion.of("5.7.0"))
                .attributes(attributes)
                .build();
    }

    private static Member member(String levels) {
        return member(Map.of("flotilla.wire", levels, "flotilla.node", "web-1"));
    }

    @Test
    void aMemberAnnouncesItsOwn() {
        Config member = new Config();
        WireLevels.install(member);

        assertThat(WireLevels.of(member.getMemberAttributeConfig().getAttributes()))
                .isEqualTo(new WireLevels(1, 1));
    }

    @Test
    void whatLaterReleasesAnnounceBesidesIsLeftAlone() {
        assertThat(WireLevels.of(announced("2-14 of 3.0"))).isEqualTo(new WireLevels(2, 14));
        assertThat(WireLevels.of(Map.of("flotilla.node", "web-1"))).isNull();
        assertThatThrownBy(() -> WireLevels.of(announced("seven")))
                .hasMessage("a member announces the wire levels 'seven'");
    }

    @ParameterizedTest
    @CsvSource({"1-1, 1-1", "1-2, 2-3", "1-9, 4-5", "3-4, 1-3"})
    void thoseThatOverlapMayBeInOneCluster(String here, String there) {
        assertThatCode(() -> JoinRule.check(NEWCOMER, announced(there), List.of(member(here))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"1-2, 3-4, levels 1 to 2, levels 3 to 4", "5-5, 1-4, level 5, levels 1 to 4"})
    void thoseThatDoNotMayNot(String here, String there, String cluster, String newcomer) {
        assertThatThrownBy(() -> JoinRule.check(NEWCOMER, announced(there), List.of(member("1-9"), member(here))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the node at 10.0.0.1:5702 runs a release of Flotilla of wire " + newcomer
                        + ", node 'web-1' of this cluster one of wire " + cluster
                        + "; these cannot be in one cluster. Go"
                        + " by way of a release that speaks levels of both, or stop all nodes and start them with one"
                        + " release");
    }

    @Test
    void membersWithoutFlotillaAreNotJudged() {
        assertThatCode(() -> JoinRule.check(NEWCOMER, announced("9-9"), List.of(member(Map.of()))))
                .doesNotThrowAnyException();
        assertThatCode(() -> JoinRule.check(NEWCOMER, Map.of(), List.of(member("9-9"))))
                .doesNotThrowAnyException();
    }

    @Test
    void theCommonLevelIsTheNewestThatAllKnow() {
        assertThat(WireLevels.common(List.of(member("1-3"), member("1-1")))).isEqualTo(1);
        assertThat(WireLevels.common(List.of(member("0-0"), member("0-5"), member(Map.of()))))
                .isZero();
    }
}

package io.flotilla.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.aws.AwsDiscoveryStrategyFactory;
import com.hazelcast.azure.AzureDiscoveryStrategyFactory;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.gcp.GcpDiscoveryStrategyFactory;
import com.hazelcast.kubernetes.HazelcastKubernetesDiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import io.flotilla.Discovery;
import io.flotilla.testkit.CleanSlate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@ExtendWith(CleanSlate.class)
final class CloudDiscoveryTest {
    private static final BiFunction<Map<String, String>, Integer, Discovery> KUBERNETES = Discovery::kubernetes;
    private static final BiFunction<Map<String, String>, Integer, Discovery> AWS = Discovery::aws;
    private static final BiFunction<Map<String, String>, Integer, Discovery> AZURE = Discovery::azure;
    private static final BiFunction<Map<String, String>, Integer, Discovery> GCP = Discovery::gcp;

    /** A platform, something it does not know, and what the exception lists instead. */
    static Stream<Arguments> unknown() {
        return Stream.of(
                Arguments.of(
                        KUBERNETES,
                        "servicedns",
                        "kubernetes (api-token, ca-certificate, expose-externally, kubernetes-api-retries,"
                                + " kubernetes-master, namespace, pod-label-name, pod-label-value,"
                                + " resolve-not-ready-addresses, service-dns, service-dns-timeout, service-label-name,"
                                + " service-label-value, service-name, service-per-pod-label-name,"
                                + " service-per-pod-label-value, use-node-name-as-external-address"),
                Arguments.of(KUBERNETES, "service-port", "kubernetes (api-token, "),
                Arguments.of(
                        AWS,
                        "hz-port",
                        "aws (access-key, cluster, connection-retries, connection-timeout-seconds, family, host-header,"
                                + " iam-role, read-timeout-seconds, region, secret-key, security-group-name, service-name,"
                                + " tag-key, tag-value"),
                Arguments.of(
                        AZURE,
                        "tags",
                        "azure (client-id, client-secret, instance-metadata-available, resource-group, scale-set,"
                                + " subscription-id, tag, tenant-id"),
                Arguments.of(GCP, "zone", "gcp (label, private-key-path, projects, region, zones"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unknown")
    void refusesUnknownPropertiesAndListsThoseThatThereAre(
            BiFunction<Map<String, String>, Integer, Discovery> platform, String name, String listed) {
        assertThatThrownBy(() -> platform.apply(Map.of(name, "5701"), 5701))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cluster.discovery must hold properties of " + listed)
                .hasMessageEndingWith("; the port is an argument of its own), was " + name);
    }

    @Test
    void refusesValuesOfTheWrongType() {
        assertThatThrownBy(() -> Discovery.aws(Map.of("connection-retries", "few"), 5701))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cluster.discovery must hold a value of type INTEGER for connection-retries of aws, was 'few'");
    }

    @Test
    void refusesPortsOutOfRange() {
        assertThatThrownBy(() -> Discovery.gcp(Map.of(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster.discovery must hold ports from 1 to 65535, was 0");
    }

    /** The start line prints the discovery: a property of Hazelcast's that comes with an upgrade must be judged first. */
    @Test
    void noSecretIsPrinted() {
        Set<String> printed = new TreeSet<>();
        Map<DiscoveryStrategyFactory, BiFunction<Map<String, String>, Integer, Discovery>> platforms = Map.of(
                new HazelcastKubernetesDiscoveryStrategyFactory(), KUBERNETES,
                new AwsDiscoveryStrategyFactory(), AWS,
                new AzureDiscoveryStrategyFactory(), AZURE,
                new GcpDiscoveryStrategyFactory(), GCP);
        platforms.forEach((factory, platform) -> {
            for (PropertyDefinition each : factory.getConfigurationProperties()) {
                if (!each.key().endsWith("-port")
                        && platform.apply(Map.of(each.key(), "42"), 5701)
                                .toString()
                                .contains(each.key() + "=42")) {
                    printed.add(each.key());
                }
            }
        });

        assertThat(printed)
                .containsExactly(
                        "client-id",
                        "cluster",
                        "connection-retries",
                        "connection-timeout-seconds",
                        "expose-externally",
                        "family",
                        "host-header",
                        "iam-role",
                        "instance-metadata-available",
                        "kubernetes-api-retries",
                        "kubernetes-master",
                        "label",
                        "namespace",
                        "pod-label-name",
                        "pod-label-value",
                        "projects",
                        "read-timeout-seconds",
                        "region",
                        "resolve-not-ready-addresses",
                        "resource-group",
                        "scale-set",
                        "security-group-name",
                        "service-dns",
                        "service-dns-timeout",
                        "service-label-name",
                        "service-label-value",
                        "service-name",
                        "service-per-pod-label-name",
                        "service-per-pod-label-value",
                        "subscription-id",
                        "tag",
                        "tag-key",
                        "tag-value",
                        "tenant-id",
                        "use-node-name-as-external-address",
                        "zones");
        assertThat(Discovery.aws(Map.of("secret-key", "s3cret", "access-key", "AKIA", "region", "eu-west-1"), 5701))
                .hasToString("aws[access-key=***, region=eu-west-1, secret-key=***; port 5701]");
    }

    @Test
    void readsTheEndpointsOfAKubernetesService() throws IOException {
        try (FakeCloud api = FakeCloud.start()) {
            api.answer("/apis/discovery.k8s.io/v1/namespaces/web/endpointslices", """
                    {"items": [{"ports": [{"port": 8080}], "endpoints": [
                      {"addresses": ["192.0.2.1"], "conditions": {"ready": true}},
                      {"addresses": ["192.0.2.2"], "conditions": {"ready": false}},
                      {"addresses": ["2001:db8::1"], "conditions": {"ready": true}}]}]}""");
            Discovery kubernetes = Discovery.kubernetes(
                    Map.of(
                            "kubernetes-master", api.url(),
                            "namespace", "web",
                            "service-name", "shop",
                            "api-token", "t0ken",
                            "ca-certificate", ""),
                    5701);

            assertThat(kubernetes.addresses())
                    .as("the members' port, not the application's")
                    .containsExactly("192.0.2.1:5701", "192.0.2.2:5701", "[2001:db8:0:0:0:0:0:1]:5701");
            assertThat(api.requests())
                    .allMatch(each -> each.endsWith(" Bearer t0ken"))
                    .last()
                    .asString()
                    .contains("?labelSelector=kubernetes.io/service-name=shop");
        }
    }

    @Test
    void anApiThatFailsIsAnError() throws IOException {
        try (FakeCloud api = FakeCloud.start()) {
            Discovery kubernetes = Discovery.kubernetes(
                    Map.of(
                            "kubernetes-master", api.url(),
                            "kubernetes-api-retries", "0",
                            "namespace", "web",
                            "api-token", "t0ken",
                            "ca-certificate", ""),
                    5701);

            assertThatThrownBy(kubernetes::addresses).hasMessageContaining("/api/v1/namespaces/web/pods");
        }
    }

    @Test
    void outsideOfKubernetesItSaysWhatIsMissing() {
        assertThatThrownBy(Discovery.kubernetes(Map.of("service-name", "shop"), 5701)::addresses)
                .hasMessageContaining("/var/run/secrets/kubernetes.io/serviceaccount");
    }

    @Test
    void readsTheInstancesOfEc2() throws IOException {
        try (FakeCloud api = FakeCloud.start()) {
            api.answer("/", """
                    <DescribeInstancesResponse><reservationSet><item><instancesSet>
                      <item><privateIpAddress>192.0.2.1</privateIpAddress></item>
                      <item><privateIpAddress>192.0.2.2</privateIpAddress></item>
                    </instancesSet></item></reservationSet></DescribeInstancesResponse>""");
            Discovery aws = Discovery.aws(
                    Map.of(
                            "host-header", api.url(),
                            "region", "eu-west-1",
                            "access-key", "AKIA",
                            "secret-key", "s3cret",
                            "tag-key", "app",
                            "tag-value", "shop"),
                    5701);

            assertThat(aws.addresses()).containsExactlyInAnyOrder("192.0.2.1:5701", "192.0.2.2:5701");
            assertThat(api.requests())
                    .singleElement()
                    .asString()
                    .contains("tag%3Aapp")
                    .contains("AKIA");
        }
    }

    /** Hazelcast says so in its log, and we, that the node is alone. */
    @Test
    void anEc2ThatFailsNamesNobody() throws IOException {
        try (FakeCloud api = FakeCloud.start()) {
            Discovery aws = Discovery.aws(
                    Map.of(
                            "host-header", api.url(),
                            "region", "eu-west-1",
                            "access-key", "AKIA",
                            "secret-key", "s3cret",
                            "connection-retries", "0"),
                    5701);

            assertThat(aws.addresses()).isEmpty();
        }
    }

    @Test
    void whatMakesNoSenseIsAnErrorWhenAsked() {
        List<Discovery> senseless = List.of(
                Discovery.aws(Map.of("region", "eu-west-1", "iam-role", "shop", "access-key", "AKIA"), 5701),
                Discovery.azure(Map.of("instance-metadata-available", "false", "client-id", "42"), 5701),
                Discovery.gcp(
                        Map.of("projects", "shop", "zones", "europe-west1-b", "label", "not key=value=that"), 5701),
                Discovery.kubernetes(Map.of("service-dns", "shop.web.svc", "service-name", "shop"), 5701));
        for (Discovery each : senseless) {
            assertThatThrownBy(each::addresses).as(each.toString()).isInstanceOf(InvalidConfigurationException.class);
        }
    }

    /** Through DNS, which asks no API and needs no rights. */
    @Test
    void readsAKubernetesNameToo() {
        assertThat(Discovery.kubernetes(Map.of("service-dns", "localhost"), 5701)
                        .addresses())
                .contains("127.0.0.1:5701");
    }
}

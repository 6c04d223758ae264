package io.flotilla;

import io.flotilla.internal.discovery.CloudDiscovery;
import io.flotilla.internal.discovery.DnsName;
import io.flotilla.internal.discovery.StaticMembers;
import java.util.List;
import java.util.Map;

/**
 * Tells a member where other members may be found. Asked when the member starts, and again while it is alone or searches
 * for the other half of a split cluster.
 *
 * <p>Implementations must be thread-safe. They may block for a few seconds; they are never called on a request's thread.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Discovery {

    /**
     * Returns the member addresses known now. The member's own address may be among them. An exception says that nobody
     * could be asked, which is not the same as that there is nobody: it fails a start, rather than let the member begin a
     * second cluster. Later it is logged, and the cluster goes on.
     *
     * @return addresses as {@code host:port}; empty if none is known
     */
    List<String> addresses();

    /**
     * A fixed list of members. It need not be complete: one living member of the list is enough to find all. Members
     * that start in the same moment form one cluster.
     *
     * @param addresses addresses as {@code host:port}, at least one; an IPv6 address in brackets, {@code [::1]:5701}
     * @return the discovery
     * @throws IllegalArgumentException if the list is empty or an address is not {@code host:port} with a port from 1 to
     *     65535
     */
    static Discovery members(String... addresses) {
        return new StaticMembers(List.of(addresses));
    }

    /**
     * Whoever a name stands for: the members are all its addresses, A and AAAA records alike, as they are whenever they are
     * looked for. A name that does not resolve just now names nobody, which is no error: the first member may well be up
     * before its record is.
     *
     * <p>The name is resolved as everywhere in the JVM, with its hosts file, search domains and caches. So a change is seen
     * when the JVM's cache lets it: by default after 30 seconds for a name that resolved and 10 for one that did not, see
     * the security properties {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl}. A member that
     * starts has not asked before, as a rule, and gets the newest answer. A JVM that keeps answers for ever finds nobody who
     * comes later under a new address; a warning says so.
     *
     * @param name the name, such as that of a headless service; not an alias of one load-balanced address
     * @param port the port of every member, 1 to 65535
     * @return the discovery
     * @throws IllegalArgumentException if the name is empty or holds a port or a blank, or the port is out of range
     */
    static Discovery dns(String name, int port) {
        return new DnsName(name, port);
    }

    /**
     * The pods of a Kubernetes service or label, asked of the Kubernetes API; the pod's service account needs the right to
     * read them. A headless service needs no rights with {@link #dns}.
     *
     * <p>This and its kin for other platforms are Hazelcast's own, and so are the names of the properties, as in its
     * reference manual: here {@code namespace}, {@code service-name}, {@code service-label-name}, {@code pod-label-name} and
     * so on. An API that fails, or does not answer within 20 seconds, fails the start; one that refuses access is, like one
     * that knows of nobody, a cluster of one with a warning.
     *
     * @param properties what to look for, and how to ask
     * @param port the port of every member, 1 to 65535; instead of Hazelcast's {@code service-port}
     * @return the discovery
     * @throws IllegalArgumentException if a property is unknown or of the wrong type, or the port is out of range
     */
    static Discovery kubernetes(Map<String, String> properties, int port) {
        return CloudDiscovery.kubernetes(properties, port);
    }

    /**
     * The instances of Amazon EC2, or tasks of ECS, with a tag, in a security group or of a service. The properties are
     * Hazelcast's, such as {@code region}, {@code tag-key}, {@code tag-value}, {@code iam-role}; without credentials among
     * them it takes those of the instance's role. Where the region is not told and cannot be found the start fails; an API
     * that fails later is a cluster of one with a warning.
     *
     * @param properties what to look for, and how to ask
     * @param port the port of every member, 1 to 65535; instead of Hazelcast's {@code hz-port}
     * @return the discovery
     * @throws IllegalArgumentException if a property is unknown or of the wrong type, or the port is out of range
     * @see #kubernetes what holds for all platforms
     */
    static Discovery aws(Map<String, String> properties, int port) {
        return CloudDiscovery.aws(properties, port);
    }

    /**
     * The virtual machines of an Azure resource group or scale set. The properties are Hazelcast's, such as {@code tag};
     * outside of Azure {@code instance-metadata-available} is {@code false}, and the account's ids and secret are needed.
     * Where the metadata cannot be read the start fails; an API that fails later is a cluster of one with a warning.
     *
     * @param properties what to look for, and how to ask
     * @param port the port of every member, 1 to 65535; instead of Hazelcast's {@code hz-port}
     * @return the discovery
     * @throws IllegalArgumentException if a property is unknown or of the wrong type, or the port is out of range
     * @see #kubernetes what holds for all platforms
     */
    static Discovery azure(Map<String, String> properties, int port) {
        return CloudDiscovery.azure(properties, port);
    }

    /**
     * The instances of Google's Compute Engine. The properties are Hazelcast's, such as {@code label}, {@code projects},
     * {@code zones}, {@code private-key-path}. Where the project cannot be found the start fails; an API that fails later is
     * a cluster of one with a warning.
     *
     * @param properties what to look for, and how to ask
     * @param port the port of every member, 1 to 65535; instead of Hazelcast's {@code hz-port}
     * @return the discovery
     * @throws IllegalArgumentException if a property is unknown or of the wrong type, or the port is out of range
     * @see #kubernetes what holds for all platforms
     */
    static Discovery gcp(Map<String, String> properties, int port) {
        return CloudDiscovery.gcp(properties, port);
    }

    /**
     * No other members are looked for: the cluster starts with this member alone. Others may still find and join it. The
     * default.
     *
     * @return the discovery
     */
    static Discovery none() {
        return StaticMembers.NONE;
    }
}
